// What a browser fetches of the pictures of a page, and whether anything moves: a line of JSON for each view.
import { chromium } from "playwright-core";

const [path, origin, pages, views] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: path, args: ["--no-sandbox"] });
for (const address of JSON.parse(pages)) {
  for (const [width, height, deviceScaleFactor] of JSON.parse(views)) {
    const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor });
    const page = await context.newPage();
    await page.addInitScript(() => {
      window.moved = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.moved += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    const fetched = {};
    const bodies = [];
    page.on("response", (response) => {
      if (response.url().includes("/media/")) bodies.push(response.body().then((body) => (fetched[response.url()] = body.length)));
    });
    await page.goto(origin + address, { waitUntil: "networkidle" });
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await page.waitForFunction(() => [...document.images].every((image) => image.complete));
    await Promise.all(bodies);
    const shown = await page.evaluate(() =>
      [...document.images].map((image) => ({ file: image.currentSrc, natural: image.naturalWidth, width: image.getBoundingClientRect().width, height: image.getBoundingClientRect().height })),
    );
    console.log(JSON.stringify({ address, width, moved: await page.evaluate(() => window.moved), fetched, shown }));
    await context.close();
  }
}
await browser.close();
