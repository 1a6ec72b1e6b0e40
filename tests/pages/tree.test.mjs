// A payload of which the program shows a part is not taken for a whole one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { fresh } from "./delivery.mjs";
import { deliver, listening } from "./scenes.mjs";

const MANY = 40_000;
const LONG = 1_000_000;
/** What the program shows of a text, in bytes, and of a payload, in values. */
const MOST_TEXT = 16 * 1024;
const MOST_VALUES = 20_000;

test("a tree says how much of a long text and of a long array is not in it", async (t) => {
  const { url, inspector } = await listening(t);
  const page = await open(t, inspector);
  await deliver(url, fresh({ payload: { text: "x".repeat(LONG), many: Array.from({ length: MANY }, () => 1) } }));
  const tree = page.locator(".tree");
  await tree.getByText(`[${MANY}]`, { exact: true }).waitFor();
  await tree.getByRole("button", { name: "Show 100 more of 40,000", exact: true }).waitFor();
  // The payload itself, the text and the array are values, too.
  const items = MANY - (MOST_VALUES - 3);
  await tree.getByText(`… ${items.toLocaleString("en")} more are not shown: see the text that was sent.`, { exact: true }).waitFor();
  const bytes = `… ${(LONG - MOST_TEXT).toLocaleString("en")} more bytes are not shown: see the text that was sent.`;
  await tree.getByText(bytes, { exact: true }).waitFor();
  await tree.getByRole("button", { name: "Show 16,384 characters", exact: true }).click();
  assert.equal((await tree.locator(".string").first().textContent()).length, MOST_TEXT + 2);
  assert.equal(await tree.getByText(bytes, { exact: true }).count(), 1);
});
