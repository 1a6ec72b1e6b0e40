// The listener's page: live, by keys, filtered by its address, and what it copies and sends again.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { test } from "node:test";
import { eventually, open } from "./browser.mjs";
import { copied, emptyDirectory, givenToCurl } from "./curl.mjs";
import { completed, fresh, SECRET } from "./delivery.mjs";
import { answering, deliver, listened, listening } from "./scenes.mjs";

test("deliveries appear while the page is open, with what failed and why", async (t) => {
  const { url, inspector } = await listening(t);
  const page = await open(t, inspector);
  await page.getByText("Waiting for deliveries").waitFor();
  await deliver(url, fresh({ secret: `${SECRET}x` }));
  const detail = page.locator("section.detail");
  await detail.getByText("auth_signature_mismatch", { exact: true }).waitFor();
  await page.getByRole("status").filter({ hasText: "CONVERSION_COMPLETED: Refused" }).waitFor();
  assert.equal(await detail.locator(".pipeline .passed").count(), 1);
  assert.equal(await detail.locator(".pipeline .failed").getByText("Signature of the metadata").count(), 1);
  assert.equal(await detail.locator(".pipeline .notReached").count(), 4);
});

test("a mistake that explains the refusal is named", async (t) => {
  const { url, inspector } = await listening(t);
  const page = await open(t, inspector);
  const { headers, body } = fresh();
  await deliver(url, { headers, body: `${body}\n` });
  await page.getByRole("heading", { name: "What is likely wrong" }).waitFor();
});

test("headers are as they came, and numbers keep their digits", async (t) => {
  const { url, inspector } = await listening(t);
  const page = await open(t, inspector);
  const { headers, body } = fresh({ payload: JSON.stringify(completed({ data: { total: "#" } })).replace('"#"', "1250.00") });
  await deliver(url, { body, headers: [["X-Twice", "first"], ["x-twice", "second"], ...Object.entries(headers)] });
  await page.getByText("1250.00", { exact: true }).waitFor();
  const rows = await page.locator("section.detail table.fields tr").allInnerTexts();
  const twice = rows.filter((row) => /^x-twice/i.test(row)).map((row) => row.split(/\s+/));
  assert.deepEqual(twice, [
    ["X-Twice", "first"],
    ["x-twice", "second"],
  ]);
});

test("keys move, open, filter, copy, send again and explain themselves", async (t) => {
  const page = await open(t, await listened(t));
  const chosen = page.locator("[role=option][aria-selected=true]");
  const position = () => page.locator("[role=option]").evaluateAll((all) => all.findIndex((option) => option.ariaSelected === "true"));
  await page.locator("section.detail").waitFor();

  await page.keyboard.press("j");
  await page.keyboard.press("j");
  assert.equal(await position(), 2);
  await page.keyboard.press("k");
  assert.equal(await position(), 1);
  await chosen.focus();
  await page.keyboard.press("ArrowDown");
  await eventually(() => chosen.evaluate((option) => option === document.activeElement));
  assert.equal(await position(), 2);

  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "delivery");
  await page.keyboard.press("c");
  await page.getByText("Copied as a curl command").waitFor();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("r");
  await page.getByRole("dialog", { name: "Send again" }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("Sent again, signed afresh.").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("jk?");
  assert.equal(await page.getByLabel("Text").inputValue(), "jk?");
});

test("single keys can be turned off", async (t) => {
  const page = await open(t, await listened(t));
  await page.keyboard.press("?");
  await page.getByLabel("Single keys are on").uncheck();
  await page.getByRole("button", { name: "Close" }).click();
  await page.keyboard.press("r");
  await page.keyboard.press("?");
  assert.equal(await page.locator("dialog").count(), 0);
});

test("a filter is in the page's address, and works when the address is opened", async (t) => {
  const inspector = await listened(t);
  const page = await open(t, inspector);
  const verdicts = (page) => page.locator("[role=option] .state").evaluateAll((all) => all.map(({ title }) => title));
  await page.getByLabel("Verdict").selectOption({ label: "Refused" });
  await eventually(async () => (await verdicts(page)).join() === "Refused");
  assert.equal(new URL(page.url()).search, "?verdict=refused");
  const other = await open(t, page.url());
  await eventually(async () => (await verdicts(other)).join() === "Refused");
});

test("a delivery is sent again: as captured, afresh and edited", async (t) => {
  const inspector = await listened(t);
  const page = await open(t, inspector);
  await page.getByLabel("Verdict").selectOption({ label: "Verified" });
  const detail = page.locator("section.detail");
  for (const [how, said] of [
    [/As captured/, "as it was captured"],
    [/Signed afresh/, "signed afresh"],
    [/Edited/, "edited and signed afresh"],
  ]) {
    await page.locator("[role=option]").last().click();
    await detail.getByRole("button", { name: "Send again" }).click();
    await page.getByLabel(how).check();
    await page.locator("label", { hasText: "As captured" }).getByText("A right receiver now answers 2").waitFor();
    if (said.startsWith("edited")) {
      await page.locator("dialog textarea").fill(JSON.stringify(completed({ conversion_id: "edited_by_hand" })));
    }
    await page.locator("dialog").getByRole("button", { name: "Send", exact: true }).click();
    await detail.getByText(`Sent again, ${said}.`).waitFor();
  }
  await detail.getByText('"edited_by_hand"', { exact: true }).waitFor();
});

test("the copied command sends the same bytes, and nothing of a sender runs in a shell", async (t) => {
  const { url, inspector } = await listening(t);
  const page = await open(t, inspector);
  const directory = await emptyDirectory(t);
  const hostile = ["@/etc/passwd", "'; touch ran; '", '$(touch ran) `touch ran` "\\', "a\nb\r\n", "\u001b[201~touch ran\n", "ñ\u202e€"];
  for (const text of hostile) {
    const { headers, body } = fresh({ payload: `${text}{"a":1}` });
    await deliver(url, { headers: { ...headers, "x-text": "'; touch ran; '" }, body });
    await eventually(async () => (await page.locator("section.detail pre[aria-label=Body]").textContent()) === body);
    const command = await copied(page);
    const { given, body: sent } = await givenToCurl(command, directory);
    assert.equal(sent, body);
    assert.ok(given.includes("x-text: '; touch ran; '"));
    assert.ok(!/\p{C}/u.test(command.replaceAll("\n", "")), "a control character would be pasted into a terminal");
    assert.ok(!(await readdir(directory)).includes("ran"));
  }
});

test("a page whose program was started again connects to it, and shows what it has", async (t) => {
  const first = await listening(t);
  const page = await open(t, first.inspector);
  await deliver(first.url, fresh({ id: "conv_1" }));
  await page.getByText('"conv_1"', { exact: true }).waitFor();
  await first.stop();
  await page.getByText("Reconnecting", { exact: true }).waitFor();
  const { url } = await listening(t, "--inspector-port", new URL(first.inspector).port);
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByText("Waiting for deliveries").waitFor();
  await deliver(url, fresh({ id: "conv_2" }));
  await page.getByText('"conv_2"', { exact: true }).waitFor();
});

test("a page that cannot read what is new says so, and shows it as soon as it can", async (t) => {
  const { url, inspector } = await listening(t);
  const page = await open(t, inspector);
  const fault = { status: 503, json: { error: { code: "busy", message: "Too much is going on." } } };
  await page.route("**/api/captures?*", (route) => route.fulfill(fault));
  await deliver(url, fresh({ id: "conv_1" }));
  await page.getByText("Not up to date: Too much is going on.", { exact: true }).waitFor();
  assert.equal(await page.getByText("Live", { exact: true }).count(), 0);
  await page.getByLabel("Verdict").selectOption({ label: "Verified" });
  await page.getByRole("alert").getByText("Too much is going on.").waitFor();
  await page.unroute("**/api/captures?*");
  await page.getByText('"conv_1"', { exact: true }).waitFor();
  await page.getByText("Live", { exact: true }).waitFor();
});

test("a delivery that could not be read is not called one that is no longer kept", async (t) => {
  const page = await open(t, await listened(t));
  await page.locator("section.detail").waitFor();
  await page.route(/\/api\/captures\/\d+$/, (route) => route.abort());
  await page.locator("[role=option]").last().click();
  await page.getByRole("alert").getByText("The program does not answer.").waitFor();
  await page.locator("section.detail").waitFor({ state: "detached" });
  assert.equal(await page.getByText("This delivery is not kept").count(), 0);
});

test("a repeated delivery leads to the one before it", async (t) => {
  const { url, inspector } = await listening(t);
  for (const delivery of [fresh(), fresh(), fresh()]) {
    await deliver(url, delivery);
  }
  const page = await open(t, inspector);
  for (const id of ["2", "1"]) {
    await page.getByRole("button", { name: "Show the one before", exact: true }).click();
    await eventually(() => new URL(page.url()).hash === `#${id}`);
  }
  await page.getByText("The same event came before.").waitFor({ state: "detached" });
});

test("the delivery that is sent again is the one that was looked at, whatever comes in between", async (t) => {
  const server = await answering(t, () => ({ status: 200 }));
  const { url, inspector } = await listening(t, "--forward", server);
  const page = await open(t, inspector);
  await deliver(url, fresh({ id: "conv_1" }));
  await page.getByText('"conv_1"', { exact: true }).waitFor();
  await page.getByRole("button", { name: "Send again" }).click();
  await deliver(url, fresh({ id: "conv_2" }));
  await page.locator(".tree").getByText('"conv_2"', { exact: true }).waitFor();
  await page.locator("dialog").getByRole("button", { name: "Send", exact: true }).click();
  await page.getByRole("button", { name: "Show what it was made from" }).click();
  await eventually(() => new URL(page.url()).hash === "#1");
});

test("what a right receiver answers now is read when sending again is considered", async (t) => {
  const page = await open(t, await listened(t));
  await page.locator("section.detail").waitFor();
  // Stands for the time that passes until the timestamp is too old.
  await page.route(/\/api\/captures\/\d+$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), replay: { status: 401, code: "timestamp_too_old" } } });
  });
  await page.getByRole("button", { name: "Send again" }).click();
  await page.locator("dialog").getByText("A right receiver now answers 401, timestamp_too_old.").waitFor();
});
