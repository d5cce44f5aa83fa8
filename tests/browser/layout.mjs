// What is wrong with the layout of a page, measured in the page itself: a list of sentences. Sent to the browser as text.
export function layout(view) {
  const wrong = [];
  const all = (selector) => [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility());
  const box = (e) => e.getBoundingClientRect();
  const name = (e) => `${e.tagName.toLowerCase()} "${e.textContent.trim().slice(0, 40)}"`;
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide > 0) wrong.push(`${wide} px wider than the window`);
  if (view.isPrint) {
    for (const e of all("nav, .letters, .day, .more, .years, .side, details")) wrong.push(`printed: ${name(e)}`);
    for (const e of all("figure img")) if (box(e).height > 342) wrong.push(`a picture of ${box(e).height} px in print`);
    return wrong;
  }
  // text must not be cut: what is wider than its box is moved sideways within one that says so
  for (const e of all(view.textScale > 1 ? "h1, h2, h3, dd" : "h1, h2, h3, p, li, dt, dd, figcaption, caption"))
    if (e.scrollWidth > e.clientWidth + 1 && !e.closest(".table, pre, .top ul, .hidden") && getComputedStyle(e).display !== "inline")
      wrong.push(`cut: ${name(e)}`);
  for (const e of all("pre, .table")) {
    if (e.tabIndex !== 0 || !e.getAttribute("aria-label") || !e.getAttribute("role")) wrong.push("pre or table without a name");
    if (e.scrollWidth > e.clientWidth && getComputedStyle(e).backgroundImage === "none" && !view.isForced) wrong.push("no shade says that there is more");
  }
  for (const e of all("td")) {
    const range = document.createRange();
    const text = e.childNodes.length === 1 && e.firstChild.nodeType === 3 ? e.textContent.trim() : "";
    if (!/^[\d.,/+\-−–%]{1,12}$/.test(text)) continue;
    range.selectNodeContents(e);
    const tops = new Set([...range.getClientRects()].map((part) => Math.round(part.top)));  // a minus sign may be a part of its own
    if (tops.size > 1) wrong.push(`a figure on two lines: ${text}`);
  }
  const lines = (e) => { const range = document.createRange(); range.selectNodeContents(e); return [...range.getClientRects()]; };
  for (const e of all(".wire time, .heads time, .leads time"))
    if (new Set(lines(e).map((part) => Math.round(part.bottom))).size > 1) wrong.push(`a time on two lines: ${name(e)}`);
  for (const e of all(".wire p > *, .heads p > *, .from > *")) {
    let next = e.nextElementSibling;
    while (next && !next.checkVisibility()) next = next.nextElementSibling;
    if (!next && getComputedStyle(e, "::after").content.includes("·")) wrong.push(`a dot with nothing behind it: ${name(e)}`);
  }
  const number = (cell) => { let at = cell; while (at.firstChild) at = at.firstChild; return at; };
  for (const row of all(".calendar tbody tr"))
    if (new Set([...row.cells].filter((cell) => cell.textContent).map((cell) => Math.round(lines(number(cell))[0].top))).size > 1) wrong.push(`days of a week at different heights: ${name(row)}`);
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  for (const e of all(".body > p")) if (box(e).width > 38 * rem) wrong.push(`a paragraph of ${Math.round(box(e).width / rem)} rem: ${name(e)}`);
  if (view.textScale === 1) for (const e of all(".leads div")) if (box(e).width < 160) wrong.push(`a column of ${Math.round(box(e).width)} px: ${name(e)}`);
  // no item of a menu stands alone on a line of its own; the indexes are on one line
  for (const [at, list] of all(".top nav ul").entries()) {
    const lines = new Map();
    for (const item of list.children) lines.set(Math.round(box(item).top), (lines.get(Math.round(box(item).top)) || 0) + 1);
    if (lines.size > 1 && list.children.length < 13 && [...lines.values()].includes(1) && view.textScale === 1) wrong.push("a menu item alone on a line");
    if (at === 1 && lines.size > 1 && view.textScale === 1) wrong.push("the indexes on two lines");
  }
  for (const e of all("figure img")) if (box(e).height > 0.82 * window.innerHeight && box(e).width > 230) wrong.push(`a picture of ${box(e).height} px`);
  for (const e of all(".title img")) if (box(e).bottom > box(e.closest(".title")).bottom + 1) wrong.push("a portrait hangs out of its header");
  for (const e of all("img")) if (getComputedStyle(e).backgroundColor !== "rgb(255, 255, 255)" && !view.isForced) wrong.push("no white behind a picture");
  const tall = ["ar", "fa", "he", "hi", "ja", "ko", "th", "ur", "zh"];
  for (const e of all("h1, h2, .wire a, .heads a")) {
    const tag = (e.closest("[lang]") || document.documentElement).lang.split("-")[0];
    const style = getComputedStyle(e);
    if (tall.includes(tag) && parseFloat(style.lineHeight) < 1.29 * parseFloat(style.fontSize)) wrong.push(`lines too near: ${name(e)}`);
    if (tall.includes(tag) && parseFloat(style.letterSpacing) < 0) wrong.push(`letters too near: ${name(e)}`);
    if (tag === "de" && style.hyphens !== "auto") wrong.push(`no hyphens: ${name(e)}`);
  }
  // names and headlines in the other direction stand in an element of their own
  const other = document.documentElement.dir === "rtl" ? /[A-Za-zÀ-ÿ]{3}/ : /[֐-߿]{3}/;
  if (!view.isTurned)
    for (const e of all(".wire p > *, .heads p > b, .from > span")) if (e.tagName !== "TIME" && other.test(e.textContent) && !e.querySelector("bdi") && !e.dir) wrong.push(`not isolated: ${name(e)}`);
  if (view.isForced) {
    const ground = getComputedStyle(document.body).backgroundColor;
    const shown = all(".top nav a").filter((e) => getComputedStyle(e).borderBottomColor !== ground);
    if (shown.length > 1) wrong.push(`${shown.length} menu items look current`);
    for (const e of all(".bar")) if (getComputedStyle(e, "::before").backgroundColor === ground) wrong.push(`a gap in the rule of ${name(e)}`);
  }
  return wrong;
}
