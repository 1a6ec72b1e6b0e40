// Headless Chromium, the system's own, on a page that this process serves, with its buttons within reach.
import { chromium } from "playwright-core";
import { FLAGS } from "./browsers.mjs";
import { serve } from "./site.mjs";

/**
 * Opens `/` of `files`, texts by their paths, in a browser with a new and empty profile. `CHROMIUM` names the browser.
 * A fault in the page ends this process.
 */
export async function open(files) {
  const { address } = await serve(files);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
  const page = await browser.newPage();
  page.on("pageerror", (error) => {
    throw error;
  });
  await page.goto(address);
  return page;
}
