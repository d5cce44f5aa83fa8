// The preview's own part of a page: reloads it when it is another, shows what is wrong, and an editor's bar. It is put
// into what is served, never into what is built.
(() => {
  "use strict";
  const ROOT = "/_newsgen/";
  const own = document.currentScript;
  let path = location.pathname;
  try { path = decodeURIComponent(path); } catch { /* no UTF-8: there is no such page */ }
  const asked = "?path=" + encodeURIComponent(path);
  const kept = "newsgen " + location.pathname;

  // --- what a reader of this page has done, kept over a reload ---

  const fields = () => [...document.querySelectorAll("input, textarea, select")];
  const folds = () => [...document.querySelectorAll("details")];

  function keep() {
    const at = document.activeElement;
    const told = {
      x: scrollX,
      y: scrollY,
      folds: folds().map((one) => one.open),
      fields: fields().map((one) => [one.name || one.id, one.type === "checkbox" || one.type === "radio" ? one.checked : one.value]),
      focus: fields().indexOf(at),
      from: at && "selectionStart" in at ? at.selectionStart : null,
    };
    try { sessionStorage.setItem(kept, JSON.stringify(told)); } catch { /* a browser that keeps nothing */ }
  }

  function restore() {
    let told = null;
    try { told = JSON.parse(sessionStorage.getItem(kept)); sessionStorage.removeItem(kept); } catch { return; }
    if (!told) return;
    folds().forEach((one, at) => { if (at < told.folds.length) one.open = told.folds[at]; });
    fields().forEach((one, at) => {
      const was = told.fields[at];
      if (!was || was[0] !== (one.name || one.id) || one.type === "file") return;
      if (typeof was[1] === "boolean") one.checked = was[1]; else one.value = was[1];
    });
    const at = fields()[told.focus];
    if (at) {
      at.focus({ preventScroll: true });
      try { if (told.from !== null) at.setSelectionRange(told.from, told.from); } catch { /* not a text field */ }
    }
    scrollTo({ left: told.x, top: told.y, behavior: "instant" });
  }

  let leaving = false;
  function reload() {
    if (leaving) return;
    leaving = true;
    keep();
    location.reload();
  }

  const scripts = (page) => [...page.querySelectorAll("script")].filter((one) => one.type !== "application/ld+json");
  const sheets = (page) => [...page.querySelectorAll('link[rel="stylesheet"]')].map((one) => one.getAttribute("href")).join();

  // The new page in the place of the old one: no flash, and three times as fast as a reload. A page with scripts of its
  // own, or other style sheets, is loaded as any page is.
  let turn = 0;
  async function renew() {
    const mine = ++turn;
    let page = null;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch { return reload(); }
    if (mine !== turn) return;
    if (scripts(page).length !== 1 || scripts(document).length !== 1 || sheets(page) !== sheets(document)) return reload();
    keep();
    scripts(page)[0].remove();
    for (const old of [...document.head.children]) if (old.rel !== "stylesheet") old.remove();
    for (const next of [...page.head.children]) if (next.rel !== "stylesheet") document.head.append(next);
    for (const name of ["lang", "dir"]) {
      if (page.documentElement.hasAttribute(name)) document.documentElement.setAttribute(name, page.documentElement.getAttribute(name));
    }
    for (const old of [...document.body.childNodes]) if (old !== host && old !== own) old.remove();
    host.before(...page.body.childNodes);
    restore();
    bar();
  }

  // --- what the preview shows of its own, out of the reach of the site's styles ---

  const STYLE = `
    :host { all: initial; }
    @media print { :host { display: none; } }
    * { box-sizing: border-box; }
    .bar, .over { font: 13px/1.45 system-ui, sans-serif; color: #1c1c1c; background: #fff; }
    .bar { position: fixed; z-index: 2147483646; right: 12px; bottom: 12px; max-width: min(460px, calc(100vw - 24px));
      border: 1px solid #b9b9b9; border-radius: 6px; box-shadow: 0 2px 12px #0003; }
    summary { list-style: none; cursor: pointer; display: flex; gap: 8px; align-items: center; padding: 6px 10px; }
    summary::-webkit-details-marker { display: none; }
    summary:focus-visible, a:focus-visible, button:focus-visible, input:focus-visible { outline: 2px solid #0b57d0; }
    .in { padding: 4px 10px 10px; max-height: 60vh; overflow: auto; border-top: 1px solid #ddd; }
    .tag { border-radius: 3px; padding: 1px 7px; background: #e8e8e8; font-weight: 600; }
    .draft, .embargoed, .withheld, .superseded { background: #ffe2a8; } .killed, .expired, .refused { background: #f6c4c0; }
    .live { background: #cfe8d2; } .count { background: #b3261e; color: #fff; } .ask { background: #ffe2a8; }
    h2 { font: inherit; font-weight: 600; margin: 10px 0 2px; } ul { margin: 0; padding: 0 0 0 16px; } p { margin: 4px 0; }
    a { color: #0b57d0; } small { color: #555; } code, pre { font: 12px/1.4 ui-monospace, monospace; }
    form { display: flex; gap: 6px; flex-wrap: wrap; margin-top: 4px; } input, button { font: inherit; padding: 2px 6px; }
    .over { position: fixed; z-index: 2147483647; inset: 6vh 6vw auto; max-height: 80vh; overflow: auto; padding: 16px 20px;
      border: 2px solid #b3261e; border-radius: 6px; box-shadow: 0 6px 40px #0006; }
    .over pre { background: #f6f1f1; padding: 8px; overflow: auto; margin: 4px 0 14px; } .over b { color: #b3261e; }
    .close { float: right; }
    @media (prefers-color-scheme: dark) {
      .bar, .over { color: #eee; background: #222; border-color: #666; } a { color: #9ec1ff; } small { color: #bbb; }
      .tag { color: #111; } .count { color: #fff; } .in { border-color: #444; } .over pre { background: #333; }
    }`;

  const host = document.createElement("newsgen-preview");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];

  function make(name, told = {}, ...inner) {
    const one = document.createElement(name);
    for (const [key, what] of Object.entries(told)) {
      if (key.startsWith("on")) one.addEventListener(key.slice(2), what); else if (what !== null) one.setAttribute(key, what);
    }
    one.append(...inner.filter((part) => part !== null));
    return one;
  }

  function problem(one) {
    const said = [make("p", {}, make("b", {}, one.place), " ", one.kind === "error" ? "" : one.kind + ": ", one.text)];
    if (one.excerpt) said.push(make("pre", {}, one.excerpt + (one.column ? "\n" + " ".repeat(one.column - 1) + "^" : "")));
    return said;
  }

  let hidden = "";
  function overlay(errors) {
    root.querySelector(".over")?.remove();
    const told = JSON.stringify(errors);
    if (!errors.length) hidden = "";
    if (!errors.length || told === hidden) return;
    const close = () => { hidden = told; root.querySelector(".over")?.remove(); };
    root.append(make("div", { class: "over", role: "alertdialog", "aria-label": "Something is wrong", tabindex: "-1",
      onkeydown: (event) => { if (event.key === "Escape") close(); } },
      make("button", { class: "close", onclick: close }, "Hide"), ...errors.flatMap(problem)));
  }

  async function setClock(text) {
    await fetch(ROOT + "clock?at=" + encodeURIComponent(text), { method: "POST" });
    reload();
  }

  let folded = true;
  async function bar() {
    if (own.dataset.view === "public") return;
    const answer = await fetch(ROOT + "bar" + asked);
    if (!answer.ok) return;
    const told = await answer.json();
    const state = told.state ? make("span", { class: "tag " + told.state, "data-state": told.state },
      told.state + (told.until ? " until " + told.until.replace("T", " ") : "")) : null;
    const count = told.problems.length;
    const badge = count ? make("span", { class: "tag ask", "data-badge": count }, count + (count === 1 ? " question" : " questions")) : null;
    const errors = told.errors ? make("span", { class: "tag count" }, told.errors + (told.errors === 1 ? " error" : " errors")) : null;
    const time = make("input", { type: "datetime-local", "aria-label": "Time", value: told.now });
    const inner = make("div", { class: "in" });
    if (told.path) inner.append(make("p", {}, make("a", { href: ROOT + "source/" + told.path.split("/").map(encodeURIComponent).join("/"), target: "_blank" }, told.path)));
    if (told.errors) {
      const more = told.errors - told.wrong.length;
      inner.append(make("h2", {}, "Errors"), make("div", { class: "wrong" }, ...told.wrong.flatMap(problem)),
        more ? make("p", {}, "and " + more + " more, in the terminal") : "");
    }
    if (count) inner.append(make("h2", {}, "Questions"), ...told.problems.flatMap(problem));
    if (told.related.length) {
      inner.append(make("h2", {}, "Why these are related"), make("ul", {}, ...told.related.map((one) => make("li", {},
        make("a", { href: one.url }, one.headline), " ", make("small", {}, one.isPinned ? "pinned" : one.score + ": " + one.shared.join(", "))))));
    }
    inner.append(make("h2", {}, "The site as it is at (" + told.timezone + ")"),
      make("form", { class: "clock", onsubmit: (event) => { event.preventDefault(); setClock(time.value); } },
        time, make("button", {}, "Show"), told.isSet ? make("button", { type: "button", class: "now", onclick: () => setClock("") }, "Now") : null));
    const said = make("details", { class: "bar", ontoggle: (event) => { folded = !event.target.open; } },
      make("summary", {}, make("span", {}, "newsgen"), state, badge, errors,
        told.isSet ? make("span", { class: "tag draft", "data-clock": told.now }, "at " + told.now.replace("T", " ")) : null), inner);
    said.open = !folded;
    root.querySelector(".bar")?.remove();
    root.prepend(said);
  }

  // --- what it is told ---

  const source = new EventSource(ROOT + "events" + asked + "&mark=" + own.dataset.mark);
  source.addEventListener("reload", renew);
  source.addEventListener("go", (event) => { keep(); location.href = JSON.parse(event.data); });
  source.addEventListener("css", (event) => {
    for (const [was, now] of Object.entries(JSON.parse(event.data))) {
      for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
        if (new URL(link.href).pathname !== was) continue;
        const next = link.cloneNode();
        next.href = now;
        next.addEventListener("load", () => link.remove());
        link.after(next);
      }
    }
  });
  source.addEventListener("state", (event) => { overlay(JSON.parse(event.data).errors); bar(); });
  let told = false;
  source.addEventListener("open", () => { if (told) renew(); told = true; });  // the preview was away
  addEventListener("pagehide", () => source.close());

  document.body.append(host);
  restore();
  document.documentElement.dataset.newsgenPreview = "ready";
})();
