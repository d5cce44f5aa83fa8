// Marks today among the days of the year, and shows a link to it at the top, where it has stories.
(() => {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  const end = `/${two(now.getMonth() + 1)}-${two(now.getDate())}/`;
  const day = [...document.querySelectorAll(".days a")].find((link) => link.getAttribute("href").endsWith(end));
  if (!day) return;
  day.setAttribute("aria-current", "date");
  const shown = document.querySelector(".today");
  const link = shown.querySelector("a");
  link.href = day.href;
  link.append(now.toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long" }));
  shown.hidden = false;
})();
