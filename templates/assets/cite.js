// The tray of a story: puts in the day on which it is read, and adds buttons that copy and save. All else is there without.
"use strict";
{
  const words = document.currentScript.dataset;
  const now = new Date();
  const [year, month, day] = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  const iso = [year, month, day].map((part) => String(part).padStart(2, "0")).join("-");
  const name = now.toLocaleDateString("en", { month: "long" });
  const short = name.length < 5 ? name : `${name.slice(0, name === "September" ? 4 : 3)}.`;
  const forms = { us: `${name} ${day}, ${year}`, mla: `${day} ${short} ${year}` };
  const dated = {
    bib: (text) => text.replace(/\}$/, `  urldate = {${iso}},\n}`),
    ris: (text) => text.replace(/ER {2}- $/, `Y2  - ${iso.replaceAll("-", "/")}\nER  - `),
    json: (text) => JSON.stringify([{ ...JSON.parse(text)[0], accessed: { "date-parts": [[year, month, day]] } }]),
  };
  const button = (place, label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", () => act(made));
    place.append(" ", made);
  };
  const copy = (text) => (made) => navigator.clipboard.writeText(text).then(() => { made.textContent = words.copied; });
  const save = (text, suffix) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([dated[suffix](text)], { type: "text/plain" }));
    link.download = `${location.pathname.replace(/(\.html|\/)$/, "").split("/").pop() || "story"}.${suffix}`;
    link.click();
    setTimeout(URL.revokeObjectURL, 1000, link.href);
  };
  const tray = document.querySelector(".cite");
  for (const place of tray.querySelectorAll("[data-read]")) {
    place.textContent = place.dataset.read.replace(/\{(us|mla)\}/g, (_all, form) => forms[form]);
  }
  for (const place of tray.querySelectorAll("dd[data-copy]")) button(place, words.copy, copy(place.textContent));
  for (const place of tray.querySelectorAll("pre")) {
    const suffix = place.dataset.copy;
    button(place.parentNode, words.copy, copy(dated[suffix](place.textContent)));
    button(place.parentNode, words.save, () => save(place.textContent, suffix));
  }
  const records = tray.querySelector("[data-records]");
  const record = (label, field, suffix) => button(records.parentNode, label, async () => {
    const found = (await (await fetch(records.href)).json()).citation[field];
    save(field === "csl" ? JSON.stringify(found) : found, suffix);
  });
  if (records) {
    record("BibTeX", "bibtex", "bib");
    record("RIS", "ris", "ris");
    record("CSL-JSON", "csl", "json");
  }
  button(tray.querySelector("summary + dl ~ .note"), words.link, copy(location.href.split("#")[0]));
  tray.querySelector(".note").firstChild.remove();
}
