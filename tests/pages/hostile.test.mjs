// What a sender or an endpoint writes stays text, wherever the pages show it. `open` fails a test whose page runs a script of theirs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, open } from "./browser.mjs";
import { copied, emptyDirectory, givenToCurl } from "./curl.mjs";
import { delivery, fresh } from "./delivery.mjs";
import { answering, deliver, listening, post } from "./scenes.mjs";
import { start } from "./programs.mjs";

const MARKUP = `"><img src=x onerror="violated('ran')"><script>violated('ran')</script>`;

test("markup of a sender is text on the listener's page", async (t) => {
  const server = await answering(t, () => ({ status: 200, headers: { "x-answer": MARKUP, "content-type": "text/html" }, body: MARKUP }));
  const { url, inspector } = await listening(t, "--forward", server);
  const page = await open(t, inspector);
  const payload = { [MARKUP]: MARKUP, deep: [{ [MARKUP]: [MARKUP] }] };
  const { headers, body } = delivery({ payload, event: MARKUP });
  await deliver(url, { body, headers: { ...headers, "x-docutray-request-id": MARKUP, "x-markup": MARKUP } }, `/${encodeURIComponent(MARKUP)}?${MARKUP.replaceAll(" ", "+")}`);
  const detail = page.locator("section.detail");
  await detail.getByText("Answer's headers and body").click();
  await detail.getByText("As the text that was sent").click();
  await eventually(async () => (await detail.innerText()).split("onerror").length > 8);
  await detail.getByText('"deep"').or(detail.getByText("deep")).first().waitFor();
  await nothingOfTheirs(page);
  await page.getByRole("button", { name: "Send again" }).click();
  await page.getByLabel(/Edited/).check();
  assert.ok((await page.locator("dialog textarea").inputValue()).includes("onerror"));
  await nothingOfTheirs(page);
});

test("whatever target a sender names is shown, and the copied command leads to it on the listener", async (t) => {
  const { url, inspector } = await listening(t);
  const page = await open(t, inspector);
  const directory = await emptyDirectory(t);
  const targets = [["//"], ["//["], ["//evil.example/x"], ["/\\evil.example"], ["/[1-3]"], ["/{a,b}"], ["/a/../b"], ["/a'b"], ["/a#b", "/a%23b"]];
  for (const [target, written = target] of targets) {
    await deliver(url, fresh(), target);
    await page.locator("section.detail .hint .url").getByText(target, { exact: true }).waitFor();
    const command = await copied(page);
    assert.ok(/^\P{C}*$/u.test(command));
    const { given } = await givenToCurl(command, directory);
    assert.equal(given.at(-1), url + written);
    assert.ok(given.includes("--globoff") && given.includes("--path-as-is"));
  }
});

test("markup in the listener's address and filter is text", async (t) => {
  const { url, inspector } = await listening(t);
  await deliver(url, fresh());
  const query = new URLSearchParams({ text: MARKUP, event: MARKUP, verdict: MARKUP });
  const said = "Not up to date: The parameter verdict has to be one of verified, unfit, refused.";
  const page = await open(t, `${inspector}/?${query}#${encodeURIComponent(MARKUP)}`, { said });
  assert.equal(await page.getByLabel("Text").inputValue(), MARKUP);
  await nothingOfTheirs(page);
});

test("an address whose # is not encoded right does not stop a page", async (t) => {
  const { inspector } = await listening(t);
  await open(t, `${inspector}/#%`);
});

test("markup of an endpoint, and in every field of a form, is text on the emulator's page", async (t) => {
  const { url } = await start(t, "emulate");
  const endpoint = await answering(t, () => ({ status: 500, headers: { "x-answer": MARKUP }, body: MARKUP }));
  const page = await open(t, url);
  await page.getByRole("button", { name: "Add Webhook" }).click();
  await page.getByLabel("Endpoint URL (HTTPS)").fill(MARKUP);
  await page.getByRole("button", { name: "Create Webhook" }).click();
  await page.locator("dialog .fault").first().waitFor();
  await nothingOfTheirs(page);
  await page.keyboard.press("Escape");
  const written = `${endpoint}/?${MARKUP.replaceAll(" ", "+")}`;
  await post(url, "/api/webhooks", { url: written, events: ["CONVERSION_COMPLETED"] });
  await post(url, "/api/events", { event: "CONVERSION_COMPLETED", payload: { text: JSON.stringify({ [MARKUP]: MARKUP }) } });
  await page.locator(".deliveries .row").first().click();
  await page.getByText("Answer's headers and body").first().click();
  await page.getByText("As the text that was sent").click();
  const deliveries = page.getByRole("region", { name: "Deliveries" });
  await eventually(async () => (await deliveries.innerText()).split("onerror").length > 5);
  await page.getByRole("button", { name: /Actions for/ }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await nothingOfTheirs(page);
});

async function nothingOfTheirs(page) {
  const found = await page.locator("img, body script, iframe, object, embed, svg, [onerror], [onload]").count();
  assert.equal(found, 0, "an element that the page does not make");
}
