// The preview's own part of a page: reloads the page when it has changed, and shows what is wrong and the editor's bar.
// It is added to what is served, never to what is built.
(() => {
  "use strict";
  const ROOT = "/_newsgen/";
  const script = document.currentScript;
  let path = location.pathname;
  try { path = decodeURIComponent(path); } catch { /* no UTF-8: there is no such page */ }
  const query = "?path=" + encodeURIComponent(path);
  const storageKey = (pathname) => "newsgen " + pathname;
  const MOVED = "newsgen moved";

  // --- what a reader of this page has done survives a reload ---

  const fields = () => [...document.querySelectorAll("input, textarea, select")];
  const folds = () => [...document.querySelectorAll("details")];

  function keep(pathname = location.pathname) {
    const active = document.activeElement;
    const state = {
      x: scrollX,
      y: scrollY,
      folds: folds().map((fold) => fold.open),
      fields: fields().map((field) => [field.name || field.id, field.type === "checkbox" || field.type === "radio" ? field.checked : field.value]),
      focus: fields().indexOf(active),
      cursor: active && "selectionStart" in active ? active.selectionStart : null,
    };
    try { sessionStorage.setItem(storageKey(pathname), JSON.stringify(state)); } catch { /* this browser stores nothing */ }
  }

  function restore() {
    let state = null;
    const key = storageKey(location.pathname);
    try { state = JSON.parse(sessionStorage.getItem(key)); sessionStorage.removeItem(key); } catch { return; }
    if (!state) return;
    folds().forEach((fold, index) => { if (index < state.folds.length) fold.open = state.folds[index]; });
    fields().forEach((field, index) => {
      const [name, value] = state.fields[index] || [];
      if (name === undefined || name !== (field.name || field.id) || field.type === "file") return;
      if (typeof value === "boolean") field.checked = value; else field.value = value;
    });
    const focused = fields()[state.focus];
    if (focused) {
      focused.focus({ preventScroll: true });
      try { if (state.cursor !== null) focused.setSelectionRange(state.cursor, state.cursor); } catch { /* no text field */ }
    }
    scrollTo({ left: state.x, top: state.y, behavior: "instant" });
  }

  let leaving = false;
  function reload() {
    if (leaving) return;
    leaving = true;
    keep();
    location.reload();
  }

  const scripts = (page) => [...page.querySelectorAll("script")].filter((tag) => tag.type !== "application/ld+json");
  const sheets = (page) => [...page.querySelectorAll('link[rel="stylesheet"]')].map((link) => link.getAttribute("href")).join();

  const again = (old) => {
    const made = document.createElement("script");  // one that came by innerHTML or a parser of ours never runs
    for (const { name, value } of old.attributes) made.setAttribute(name, value);
    return made;
  };

  // Puts the new page in the place of the old one: no flash, and three times as fast as a reload. A page that has
  // scripts of its own, or other style sheets than before, is reloaded; but one marked data-again, as those of the
  // theme are, is run again on what is new.
  let newest = 0;
  async function renew() {
    const turn = ++newest;
    let page = null;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch { return reload(); }
    if (turn !== newest) return;
    const ours = scripts(page).find((tag) => tag.getAttribute("src") === ROOT + "live.js");
    const others = [page, document].flatMap(scripts).filter((tag) => tag !== ours && tag !== script);
    if (!ours || !others.every((tag) => "again" in tag.dataset) || sheets(page) !== sheets(document)) return reload();
    keep();
    ours.remove();
    for (const old of [...document.head.children]) if (old.rel !== "stylesheet") old.remove();
    for (const next of [...page.head.children]) if (next.rel !== "stylesheet") document.head.append(next);
    for (const name of ["lang", "dir"]) {
      if (page.documentElement.hasAttribute(name)) document.documentElement.setAttribute(name, page.documentElement.getAttribute(name));
    }
    for (const old of [...document.body.childNodes]) if (old !== host && old !== script) old.remove();
    host.before(...page.body.childNodes);
    for (const old of scripts(document)) if (old !== script) old.replaceWith(again(old));
    restore();
    bar();
  }

  // --- what the preview itself shows, out of reach of the site's styles ---

  const STYLE = `
    :host { all: initial; }
    @media print { :host { display: none; } }
    * { box-sizing: border-box; }
    .bar, .over, .note { font: 13px/1.45 system-ui, sans-serif; color: #1c1c1c; background: #fff; }
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
    .note { position: fixed; z-index: 2147483645; right: 12px; bottom: 54px; max-width: calc(100vw - 24px); padding: 6px 10px;
      border: 1px solid #b9b9b9; border-radius: 6px; background: #ffe2a8; overflow-wrap: anywhere; }
    @media (prefers-color-scheme: dark) {
      .note { color: #111; background: #ffe2a8; }
      .bar, .over { color: #eee; background: #222; border-color: #666; } a { color: #9ec1ff; } small { color: #bbb; }
      .tag { color: #111; } .count { color: #fff; } .in { border-color: #444; } .over pre { background: #333; }
    }`;

  const host = document.createElement("newsgen-preview");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];

  function make(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value); else if (value !== null) element.setAttribute(key, value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  function problem({ place, kind, text, excerpt, column }) {
    const parts = [make("p", {}, make("b", {}, place), " ", kind === "error" ? "" : kind + ": ", text)];
    if (excerpt) parts.push(make("pre", {}, excerpt + (column ? "\n" + " ".repeat(column - 1) + "^" : "")));
    return parts;
  }

  let hidden = "";  // the errors that a reader has hidden
  function overlay(errors) {
    root.querySelector(".over")?.remove();
    const text = JSON.stringify(errors);
    if (!errors.length) hidden = "";
    if (!errors.length || text === hidden) return;
    const close = () => { hidden = text; root.querySelector(".over")?.remove(); };
    root.append(make("div", { class: "over", role: "alertdialog", "aria-label": "Something is wrong", tabindex: "-1",
      onkeydown: (event) => { if (event.key === "Escape") close(); } },
      make("button", { class: "close", onclick: close }, "Hide"), ...errors.flatMap(problem)));
  }

  async function setClock(text) {
    await fetch(ROOT + "clock?at=" + encodeURIComponent(text), { method: "POST" });
    reload();
  }

  // The story has another address: the page goes there, and says so when it has arrived.
  function follow(to) {
    if (leaving) return;
    leaving = true;
    keep(new URL(to, location.href).pathname);
    try { sessionStorage.setItem(MOVED, to); } catch { /* then nothing is said */ }
    location.replace(to);
  }

  function sayMoved() {
    let to = null;
    try { to = sessionStorage.getItem(MOVED); sessionStorage.removeItem(MOVED); } catch { return; }
    if (!to || new URL(to, location.href).pathname !== location.pathname) return;
    const note = make("div", { class: "note", role: "status" }, "This story is now at ", make("code", {}, to), " ",
      make("button", { onclick: () => note.remove() }, "Hide"));
    root.append(note);
  }

  let folded = true;
  async function bar() {
    if (script.dataset.view === "public") return;
    const answer = await fetch(ROOT + "bar" + query);
    if (!answer.ok) return;
    const data = await answer.json();
    const state = data.state ? make("span", { class: "tag " + data.state, "data-state": data.state },
      data.state + (data.until ? " until " + data.until.replace("T", " ") : "")) : null;
    const count = data.problems.length;
    const badge = count ? make("span", { class: "tag ask", "data-badge": count }, count + (count === 1 ? " question" : " questions")) : null;
    const errors = data.errors ? make("span", { class: "tag count" }, data.errors + (data.errors === 1 ? " error" : " errors")) : null;
    const time = make("input", { type: "datetime-local", "aria-label": "Time", value: data.now });
    const inner = make("div", { class: "in" });
    if (data.path) inner.append(make("p", {}, make("a", { href: ROOT + "source/" + data.path.split("/").map(encodeURIComponent).join("/"), target: "_blank" }, data.path)));
    if (data.errors) {
      const more = data.errors - data.wrong.length;
      inner.append(make("h2", {}, "Errors"), make("div", { class: "wrong" }, ...data.wrong.flatMap(problem)),
        more ? make("p", {}, "and " + more + " more, in the terminal") : "");
    }
    if (count) inner.append(make("h2", {}, "Questions"), ...data.problems.flatMap(problem));
    if (data.related.length) {
      inner.append(make("h2", {}, "Why these are related"), make("ul", {}, ...data.related.map((story) => make("li", {},
        make("a", { href: story.url }, story.headline), " ", make("small", {}, story.isPinned ? "pinned" : story.score + ": " + story.shared.join(", "))))));
    }
    inner.append(make("h2", {}, "The site as it is at (" + data.timezone + ")"),
      make("form", { class: "clock", onsubmit: (event) => { event.preventDefault(); setClock(time.value); } },
        time, make("button", {}, "Show"), data.isSet ? make("button", { type: "button", class: "now", onclick: () => setClock("") }, "Now") : null));
    const details = make("details", { class: "bar", ontoggle: (event) => { folded = !event.target.open; } },
      make("summary", {}, make("span", {}, "newsgen"), state, badge, errors,
        data.isSet ? make("span", { class: "tag draft", "data-clock": data.now }, "at " + data.now.replace("T", " ")) : null), inner);
    details.open = !folded;
    root.querySelector(".bar")?.remove();
    root.prepend(details);
  }

  // --- the events that the preview sends ---

  const source = new EventSource(ROOT + "events" + query + "&mark=" + script.dataset.mark);
  source.addEventListener("reload", renew);
  source.addEventListener("go", (event) => { keep(); location.href = JSON.parse(event.data); });
  source.addEventListener("moved", (event) => follow(JSON.parse(event.data)));
  source.addEventListener("css", (event) => {
    for (const [before, now] of Object.entries(JSON.parse(event.data))) {
      for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
        if (new URL(link.href).pathname !== before) continue;
        const next = link.cloneNode();
        next.href = now;
        next.addEventListener("load", () => link.remove());
        link.after(next);
      }
    }
  });
  source.addEventListener("state", (event) => { overlay(JSON.parse(event.data).errors); bar(); });
  let wasOpen = false;
  source.addEventListener("open", () => { if (wasOpen) renew(); wasOpen = true; });  // the preview was away meanwhile
  addEventListener("pagehide", () => source.close());

  document.body.append(host);
  restore();
  sayMoved();
  document.documentElement.dataset.newsgenPreview = "ready";
})();
