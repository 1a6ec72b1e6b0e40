// What the emulator's page has beside Docutray's: the clock, the next answers, chains, samples and edited payloads.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, open } from "./browser.mjs";
import { answering, post } from "./scenes.mjs";
import { start } from "./programs.mjs";

test("turning the clock shows all five retries, in order, and that the delivery is given up", async (t) => {
  const { page } = await emulator(t, () => ({ status: 500 }));
  await send(page, "CONVERSION_COMPLETED");
  await page.getByText("Try 2 of 6").waitFor();
  await page.getByRole("button", { name: "Advance" }).click();
  await page.getByText("All retries failed.").waitFor();
  const tries = await page.locator(".attempts h3").evaluateAll((all) => all.map(({ firstChild }) => firstChild.data));
  assert.deepEqual(tries, ["First try", "Retry 1", "Retry 2", "Retry 3", "Retry 4", "Retry 5"]);
});

test("the retries and their pauses are those of the emulator's settings", async (t) => {
  const { page } = await emulator(t, () => ({ status: 500 }));
  await page.route("**/api/settings", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), retriesAfterSeconds: [10, 10, 7_200], answerWithinSeconds: 7 } });
  });
  await page.reload();
  await page.getByText("Docutray tries again after 10 s, 10 s and 2 h.").waitFor();
  assert.deepEqual(await page.getByLabel("Advance by").locator("option").allInnerTexts(), ["10 s", "2 h", "2 h 20 s (all retries)"]);
  assert.equal(await page.getByLabel("Advance by").inputValue(), "7220");
  await page.getByText("7 s for an answer, 3 retries and when").waitFor();
  await send(page, "CONVERSION_COMPLETED");
  await page.getByText("Try 2 of 4").waitFor();
});

test("the next answers are the script's, and the page says so", async (t) => {
  const { page } = await emulator(t, () => ({ status: 204 }));
  const script = page.getByRole("region", { name: "Next answers" });
  await script.getByLabel("Answer", { exact: true }).selectOption({ label: "503: the endpoint is busy" });
  await script.getByLabel("For how many tries").fill("2");
  await script.getByRole("button").click();
  await page.getByText("The next 2 tries will end so.").waitFor();
  await send(page, "STEP_COMPLETED");
  await page.getByText("This answer came from your script").waitFor();
  await page.getByRole("button", { name: "Advance" }).click();
  await eventually(async () => (await page.locator(".attempts .answer strong").allInnerTexts()).join() === "503,503,204");
  assert.equal(await page.getByText("This answer came from your script").count(), 2);
});

test("all nine events are sent by one choice", async (t) => {
  const { page, url } = await emulator(t, () => ({ status: 204 }));
  await send(page, "All nine events");
  await page.getByText("9 deliveries on the way.").waitFor();
  await eventually(async () => (await page.locator(".deliveries .state.delivered").count()) === 9);
  const { items } = await (await fetch(`${url}/api/deliveries`)).json();
  assert.equal(new Set(items.map(({ event }) => event)).size, 9);
});

test("a chain's second event follows when its time has come", async (t) => {
  const { page } = await emulator(t, () => ({ status: 204 }));
  await send(page, "IDENTIFICATION: STARTED, then FAILED");
  const events = async () => (await page.locator(".deliveries .event").allInnerTexts()).join();
  await eventually(async () => (await events()).includes("IDENTIFICATION_STARTED"));
  await page.getByRole("button", { name: "Advance" }).click();
  await eventually(async () => (await events()) === "IDENTIFICATION_FAILED,IDENTIFICATION_STARTED");
  await eventually(async () => (await page.locator(".deliveries .state.delivered").count()) === 2);
});

test("a payload is edited before it is sent, and sent as it was written", async (t) => {
  const { page, url } = await emulator(t, () => ({ status: 204 }));
  const form = page.getByRole("region", { name: "Send an event" });
  await form.getByLabel("Event").selectOption({ label: "CONVERSION_COMPLETED" });
  await form.getByRole("button", { name: "Edit the payload" }).click();
  await form.getByLabel("Payload").waitFor();
  const sample = await form.getByLabel("Payload").inputValue();
  assert.ok(sample.includes("conversion_id"));
  const edited = `${sample.slice(0, -1)}, "total": 1250.00}`;
  await form.getByLabel("Payload").fill(edited);
  await form.getByRole("button", { name: "Send" }).click();
  await page.getByText("1250.00", { exact: true }).first().waitFor();
  const { items } = await (await fetch(`${url}/api/deliveries`)).json();
  const { payload } = await (await fetch(`${url}/api/deliveries/${items[0].id}`)).json();
  assert.equal(payload.text, edited);
});

test("a payload of a megabyte, and one nested deep, are a few nodes until they are opened", async (t) => {
  const { page, url } = await emulator(t, () => ({ status: 204 }));
  const { items } = await (await fetch(`${url}/api/samples`)).json();
  const before = await page.evaluate(() => document.querySelectorAll("*").length);
  for (const name of ["large", "deep"]) {
    const { title } = items.find((sample) => sample.name === name);
    await send(page, title);
    await page.locator(".tree").waitFor();
    const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
    assert.ok(nodes < before + 1_500, `${nodes} nodes, ${before} before`);
    await page.locator(".deliveries .row[aria-expanded=true]").click();
  }
});

test("deliveries are filtered, and the filter is in the page's address", async (t) => {
  const { page } = await emulator(t, () => ({ status: 204 }));
  await send(page, "CONVERSION_STARTED");
  await send(page, "STEP_FAILED");
  await eventually(async () => (await page.locator(".deliveries .row").count()) === 2);
  const deliveries = page.getByRole("region", { name: "Deliveries" });
  await deliveries.getByLabel("Event").selectOption("STEP_FAILED");
  await eventually(async () => (await page.locator(".deliveries .row").count()) === 1);
  assert.equal(new URL(page.url()).search, "?event=STEP_FAILED");
  await page.reload();
  await eventually(async () => (await page.locator(".deliveries .event").allInnerTexts()).join() === "STEP_FAILED");
  await deliveries.getByLabel("Text").fill("in no delivery");
  await page.getByText("No delivery fits the filter.").waitFor();
});

test("a delivery is sent again, and the page shows the new one", async (t) => {
  const { page } = await emulator(t, () => ({ status: 204 }));
  await send(page, "CONVERSION_COMPLETED");
  await page.locator(".tree").waitFor();
  await page.getByRole("button", { name: /^Send again/ }).click();
  await page.locator("dialog").getByRole("button", { name: "Send", exact: true }).click();
  await page.getByText("Sent again by hand.").waitFor();
  await page.getByRole("button", { name: "Show what it was made from" }).click();
  await page.getByText("Sent again by hand.").waitFor({ state: "detached" });
});

/** Starts an emulator with one webhook, and opens its page. */
async function emulator(t, answer) {
  const { url } = await start(t, "emulate");
  const endpoint = await answering(t, answer);
  const { events } = await (await fetch(`${url}/api/settings`)).json();
  await post(url, "/api/webhooks", { url: `${endpoint}/webhooks/docutray`, events });
  return { url, page: await open(t, url) };
}

async function send(page, label) {
  const form = page.getByRole("region", { name: "Send an event" });
  await form.getByLabel("Event").selectOption({ label });
  await form.getByRole("button", { name: "Send" }).click();
}
