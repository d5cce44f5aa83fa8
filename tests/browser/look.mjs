// Looks at pages as a reader does: one JSON line per page and view.
// node look.mjs CHROMIUM ORIGIN '["/", "/world/"]' PROFILE_FOLDER
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";
import { layout } from "./layout.mjs";
const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [executablePath, origin, paths, profile] = process.argv.slice(2);
const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const context = await chromium.launchPersistentContext(path.join(profile, "p"), { executablePath, headless: true, args });
const VIEWS = [
  { width: 320 }, { width: 390, colorScheme: "dark" }, { width: 640 }, { width: 768 }, { width: 880 }, { width: 1280 },
  { width: 390, textScale: 2 }, { width: 1280, textScale: 2 },
  { width: 390, isTurned: true }, { width: 1280, isTurned: true },
  { width: 1280, isForced: true }, { width: 720, isPrint: true },
];
for (const address of JSON.parse(paths)) {
  const sheet = await context.newPage();
  const wrong = [];
  await sheet.goto(origin + address, { waitUntil: "load" });
  const direction = await sheet.evaluate(() => document.documentElement.dir || "ltr");
  for (const chosen of VIEWS) {
    const view = { textScale: 1, isTurned: false, isForced: false, isPrint: false, ...chosen };
    await sheet.setViewportSize({ width: view.width, height: 844 });
    await sheet.emulateMedia({ colorScheme: view.colorScheme || "light", forcedColors: view.isForced ? "active" : "none", media: view.isPrint ? "print" : "screen" });
    await sheet.evaluate(([scale, dir]) => { document.documentElement.style.fontSize = `${100 * scale}%`; document.documentElement.dir = dir; },
      [view.textScale, view.isTurned ? { ltr: "rtl", rtl: "ltr" }[direction] : direction]);
    for (const each of new Set(await sheet.evaluate(layout, view))) wrong.push(`${JSON.stringify(chosen)}: ${each}`);
  }
  await sheet.close();
  for (const [width, colorScheme] of [[320, "light"], [390, "dark"], [1280, "light"]]) {
    const page = await context.newPage();
    const elsewhere = [], errors = [];
    page.on("request", (r) => { if (!r.url().startsWith(origin) && !r.url().startsWith("data:")) elsewhere.push(r.url()); });
    page.on("console", (m) => { if (m.type() === "error") errors.push(m.text()); });
    page.on("pageerror", (e) => errors.push(String(e)));
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme });
    const response = await page.goto(origin + address, { waitUntil: "load" });
    await page.evaluate(axe + ";0");
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.emulateMedia({ media: "print" });
    const nav = await page.evaluate(() => [...document.querySelectorAll("header nav")].some((e) => e.checkVisibility()));
    console.log(JSON.stringify({ address, width, colorScheme, status: response.status(), elsewhere, errors, overflow, background, layout: wrong,
      violations: found.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 120)}`), nav_in_print: nav }));
    await page.close();
  }
}
await context.close();
