// Says how far a reader has come, in the title of the page.
addEventListener("scroll", () => {
  const long = document.documentElement.scrollHeight - innerHeight;
  if (long > 0) document.documentElement.dataset.read = Math.round(scrollY / long * 100);
}, { passive: true });
document.documentElement.dataset.gazette = "ready";
