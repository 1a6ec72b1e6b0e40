import assert from "node:assert/strict";
import { test } from "node:test";
import { chromium } from "playwright-core";

test("Chromium shows a page", async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
  const page = await browser.newPage();
  await page.setContent("<h1>Webhooks</h1>");
  assert.equal(await page.textContent("h1"), "Webhooks");
  await browser.close();
});
