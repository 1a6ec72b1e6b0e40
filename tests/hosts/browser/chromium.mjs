// Headless Chromium, the system's own, on a page that this process serves.
import { once } from "node:events";
import { createServer } from "node:http";
import { chromium } from "playwright-core";

/** The browser connects to this machine only. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/**
 * Opens `/` of `files`, texts by their paths, in a browser with a new and empty profile. `CHROMIUM` names the browser.
 * A fault in the page ends this process.
 */
export async function open(files) {
  const server = createServer((request, response) => {
    const text = files[request.url];
    const type = request.url.endsWith(".js") ? "text/javascript" : "text/html";
    response.writeHead(text === undefined ? 404 : 200, { "content-type": `${type}; charset=utf-8` }).end(text);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
  const page = await browser.newPage();
  page.on("pageerror", (error) => {
    throw error;
  });
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  return page;
}
