// axe finds nothing in any state of the pages, in light and dark, and nothing is wider than a small phone.
import assert from "node:assert/strict";
import { test } from "node:test";
import axe from "axe-core";
import { hasFocus, open } from "./browser.mjs";
import { emulated, listened } from "./scenes.mjs";

const SCHEMES = ["light", "dark"];
const WIDTHS = [360, 1280];

for (const colorScheme of SCHEMES) {
  for (const width of WIDTHS) {
    const options = { colorScheme, viewport: { width, height: 800 } };

    test(`the emulator's page is accessible, ${colorScheme}, ${width} pixels wide`, async (t) => {
      const page = await open(t, await emulated(t), options);
      const check = (state) => accessible(page, state);
      await page.getByText("Given up").first().waitFor({ state: "attached" });
      await check("list");
      await page.locator(".deliveries .row").first().click();
      await page.locator(".tree").waitFor();
      await check("open delivery");
      await page.getByRole("button", { name: /Send again/ }).first().click();
      await page.getByLabel(/Edited/).check();
      await check("send again");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: /Actions for/ }).first().click();
      await check("menu");
      await page.getByRole("menuitem", { name: "Regenerate secret" }).click();
      await check("confirmation");
      await page.locator("dialog").getByRole("button", { name: "Regenerate secret" }).click();
      await page.getByLabel("Secret", { exact: true }).waitFor();
      await check("secret");
      await page.getByRole("button", { name: "Done" }).click();
      await page.getByRole("button", { name: "Add Webhook" }).click();
      await page.getByLabel("Endpoint URL (HTTPS)").fill("no URL");
      await page.getByRole("button", { name: "Create Webhook" }).click();
      await page.locator("[aria-invalid=true]").waitFor();
      await check("form with a fault");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Edit the payload" }).click();
      await page.getByLabel("Payload", { exact: true }).waitFor();
      await check("payload editor");
    });

    test(`the listener's page is accessible, ${colorScheme}, ${width} pixels wide`, async (t) => {
      const page = await open(t, await listened(t), options);
      const check = (state) => accessible(page, state);
      for (const verdict of ["verified", "refused", "unfit"]) {
        await page.locator(`[role=option]:has(.${verdict})`).first().click();
        await page.locator(`h2 .${verdict}`).waitFor();
        await page.getByText("conversion_id").first().waitFor();
        await check(verdict);
      }
      await page.getByText("Answer's headers and body").click();
      await check("answer");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Send again" }).click();
      await check("send again");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: /Keys/ }).click();
      await check("keys");
      await page.keyboard.press("Escape");
      await page.getByLabel("Text").fill("in no delivery");
      await page.getByText("No delivery fits the filter.").waitFor();
      await check("nothing found");
    });
  }
}

test("a dialog keeps the focus, closes with Escape and gives the focus back", async (t) => {
  const page = await open(t, await listened(t));
  const opener = page.getByRole("button", { name: "Send again" });
  await opener.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  for (let presses = 0; presses < 20; presses += 1) {
    await page.keyboard.press("Tab");
    // After its last control, the focus is on the browser itself.
    assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest("dialog") !== null));
  }
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.ok(await hasFocus(opener));
});

async function accessible(page, state) {
  // A script in the page is not allowed to; the browser's debugger is.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join("; ")}`);
  assert.deepEqual(found, [], state);
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(tooWide, 0, `${state}: wider than the window`);
}
