// Ten thousand deliveries leave a page as small as a hundred, and cost fewer requests than there are deliveries.
import assert from "node:assert/strict";
import { Agent } from "node:http";
import { test } from "node:test";
import { eventually, open } from "./browser.mjs";
import { fresh } from "./delivery.mjs";
import { deliver, listening } from "./scenes.mjs";

const MANY = 10_000;
const ROWS = 100;
/** The listener keeps no more. */
const MOST_ROWS = 500;

test("ten thousand deliveries: the page's nodes and requests are bounded, and what is chosen stays", async (t) => {
  const { url, inspector } = await listening(t);
  const page = await open(t, inspector);
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  t.after(() => agent.destroy());
  const delivery = fresh();
  const send = async (count) => {
    const each = async () => {
      for (let sent = 0; sent < count / 16; sent += 1) {
        await deliver(url, delivery, "/", agent);
      }
    };
    await Promise.all(Array.from({ length: 16 }, each));
  };
  const nodes = () => page.evaluate(() => document.querySelectorAll("*").length);
  const rows = () => page.locator("[role=option]").count();

  await send(160);
  await eventually(async () => (await rows()) === ROWS);
  await page.locator("[role=option]").first().click();
  const chosen = page.url();
  // The last part of a delivery that the page asks for.
  await page.locator("section.detail").getByText("conversion_id").first().waitFor();
  const few = await nodes();
  let requests = 0;
  page.on("request", () => (requests += 1));
  await send(MANY);
  await page.getByText(/older deliveries are no longer kept/).waitFor();
  assert.equal(await rows(), ROWS);
  // The line on what is no longer kept is new.
  assert.ok((await nodes()) <= few + 10, `${await nodes()} nodes, ${few} before`);
  assert.ok(requests < MANY, `${requests} requests`);
  assert.equal(page.url(), chosen);
  await page.locator("section.detail").waitFor();

  const older = page.getByRole("button", { name: "Show older" });
  for (let shown = 2 * ROWS; shown <= MOST_ROWS; shown += ROWS) {
    await older.click();
    await eventually(async () => (await rows()) === shown);
  }
  await older.waitFor({ state: "detached" });
  await page.getByLabel("Follow the newest").check();
  await deliver(url, fresh({ id: "conv_newest" }));
  await page.getByText('"conv_newest"', { exact: true }).waitFor();
});
