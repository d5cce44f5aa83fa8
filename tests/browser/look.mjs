// Looks at pages as a reader does: one JSON line per page and view.
// node look.mjs CHROMIUM ORIGIN '["/", "/world/"]' PROFILE_FOLDER
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";
const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [executablePath, origin, paths, profile] = process.argv.slice(2);
const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const context = await chromium.launchPersistentContext(path.join(profile, "p"), { executablePath, headless: true, args });
for (const address of JSON.parse(paths)) {
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
    console.log(JSON.stringify({ address, width, colorScheme, status: response.status(), elsewhere, errors, overflow, background,
      violations: found.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 120)}`), nav_in_print: nav }));
    await page.close();
  }
}
await context.close();
