import assert from "node:assert/strict";
import { after } from "node:test";
import { chromium } from "playwright-core";

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
after(() => browser.close());

/** What Chromium itself says of an answer that is no 2xx, or of a server that is away. Tests cause both on purpose. */
const OF_THE_NETWORK = "Failed to load resource";

/**
 * Opens a page, and waits until it says `said`. The test fails if a script of it fails, or if it breaks its Content Security Policy.
 */
export async function open(t, url, { said = "Live", ...options } = {}) {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"], ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith(OF_THE_NETWORK)) {
      faults.push(message.text());
    }
  });
  await page.exposeBinding("violated", (_, violation) => faults.push(violation));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => violated(`${violatedDirective}: ${blockedURI}`));
  });
  t.after(async () => {
    await context.close();
    assert.deepEqual(faults, []);
  });
  await page.goto(url);
  await page.getByText(said, { exact: true }).waitFor();
  return page;
}

/** Waits until it holds, and gives up after a minute. */
export async function eventually(holds) {
  const end = Date.now() + 60_000;
  while (!(await holds())) {
    assert.ok(Date.now() < end, `never: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function hasFocus(control) {
  return control.evaluate((element) => element === document.activeElement);
}

/** Presses Tab until the control has the focus, as somebody without a mouse does. */
export async function tabTo(page, control) {
  await control.waitFor();
  for (let presses = 0; presses < 200; presses += 1) {
    if (await hasFocus(control)) {
      return;
    }
    await page.keyboard.press("Tab");
  }
  assert.fail("Tab does not lead there");
}
