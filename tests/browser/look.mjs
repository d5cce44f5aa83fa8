// Looks at pages as a reader does: one JSON line per page.
// node look.mjs CHROMIUM ORIGIN '["/", "/world/"]'
// One tab for all: to open another costs as much time as to look at a page.
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";
import { layout } from "./layout.mjs";
const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [executablePath, origin, paths] = process.argv.slice(2);
const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const AXE_VIEWS = [{ width: 320 }, { width: 390, colorScheme: "dark" }, { width: 1280 }];
const VIEWS = [
  { width: 320 }, { width: 390, colorScheme: "dark" }, { width: 640 }, { width: 768 }, { width: 880 }, { width: 1280 },
  { width: 390, textScale: 2 }, { width: 1280, textScale: 2 },
  { width: 390, isTurned: true }, { width: 1280, isTurned: true },
  { width: 1280, isForced: true }, { width: 720, isPrint: true },
];
const browser = await chromium.launch({ executablePath, headless: true, args });
const page = await browser.newPage();
let elsewhere, errors;
page.on("request", (r) => { if (!r.url().startsWith(origin) && !r.url().startsWith("data:")) elsewhere.push(r.url()); });
page.on("console", (m) => { if (m.type() === "error") errors.push(m.text()); });
page.on("pageerror", (e) => errors.push(String(e)));

const show = async (view, direction) => {
  await page.setViewportSize({ width: view.width, height: 844 });
  await page.emulateMedia({ colorScheme: view.colorScheme || "light", forcedColors: view.isForced ? "active" : "none", media: view.isPrint ? "print" : "screen" });
  const shown = view.isTurned ? { ltr: "rtl", rtl: "ltr" }[direction] : direction;
  await page.evaluate(([scale, dir]) => { document.documentElement.style.fontSize = `${100 * scale}%`; document.documentElement.dir = dir; }, [view.textScale || 1, shown]);
};

for (const address of JSON.parse(paths)) {
  elsewhere = [], errors = [];
  await page.setViewportSize({ width: 320, height: 844 });
  await page.emulateMedia({ colorScheme: "light", forcedColors: "none", media: "screen" });
  const response = await page.goto(origin + address, { waitUntil: "load" });
  const direction = await page.evaluate(() => document.documentElement.dir || "ltr");
  const layouts = [], views = [];
  for (const chosen of VIEWS) {
    const view = { textScale: 1, isTurned: false, isForced: false, isPrint: false, ...chosen };
    await show(view, direction);
    for (const each of new Set(await page.evaluate(layout, view))) layouts.push(`${JSON.stringify(chosen)}: ${each}`);
  }
  await page.evaluate(axe + ";0");
  for (const view of AXE_VIEWS) {
    await show(view, direction);
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    views.push({ width: view.width, colorScheme: view.colorScheme || "light", background,
      violations: found.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 120)}`) });
  }
  console.log(JSON.stringify({ address, status: response.status(), elsewhere, errors, layout: layouts, views }));
}
await browser.close();
