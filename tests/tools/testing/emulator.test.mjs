// `createEmulator`: a Docutray in the test's own process.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { webHandler } from "docutray-webhook/handler";
import { RuleFault, WaitTimeout, createEmulator } from "docutray-webhook/testing";
import { endpoint } from "../emulate/endpoint.mjs";

const URL = "https://example.com/hooks";
const QUIET = { warn() {}, error() {} };
const EVENT = "CONVERSION_COMPLETED";

/** An emulator with one webhook, whose deliveries go to a handler. */
function emulated(t, options = {}, onEvent = () => {}) {
  const emulator = createEmulator({ fetch: (request) => receive(request), ...options });
  t.after(() => emulator.close());
  const { webhook, secret } = emulator.webhooks.create({ url: URL });
  const receive = webHandler({ secret, url: URL, logger: QUIET, on: { "*": onEvent } });
  return { emulator, webhook, secret };
}

test("an event reaches a handler in the same process", async (t) => {
  const events = [];
  const { emulator } = emulated(t, {}, (event) => void events.push(event.type));
  const { deliveries } = emulator.trigger(EVENT);
  const delivery = await emulator.waitFor({ event: EVENT });
  assert.equal(delivery.id, deliveries[0].id);
  assert.deepEqual(events, [EVENT]);
  assert.equal(delivery.attempts[0].answer.status, 200);
});

test("an event reaches an endpoint over HTTP", async (t) => {
  const emulator = createEmulator();
  t.after(() => emulator.close());
  const { url, verified } = await endpoint(t);
  const { secret } = emulator.webhooks.create({ url, events: ["STEP_COMPLETED"] });
  assert.equal(emulator.trigger(EVENT).skipped[0].because, "notChosen");
  emulator.trigger("STEP_COMPLETED");
  await emulator.waitFor({ event: "STEP_COMPLETED" });
  assert.deepEqual(verified(secret).map(({ type }) => type), ["STEP_COMPLETED"]);
});

test("all retries come when the clock is turned, and the handler sees the event once it works", async (t) => {
  let calls = 0;
  const { emulator } = emulated(t, {}, () => {
    calls += 1;
    if (calls < 6) {
      throw new Error("not yet");
    }
  });
  const before = emulator.clock.now();
  emulator.trigger(EVENT);
  await emulator.clock.advance(4_890);
  assert.ok(emulator.clock.now() - before >= 4_890_000);
  const [{ state, attempts }] = emulator.deliveries({ event: EVENT });
  assert.deepEqual([state, attempts.length, calls], ["delivered", 6, 6]);
});

test("scripted answers: lost after processing, a reset, no answer", async (t) => {
  const events = [];
  const { emulator } = emulated(t, {}, (event) => void events.push(event.key));
  emulator.answers({ answer: 503, delivered: true }, "reset", "hang");
  emulator.trigger(EVENT);
  await emulator.clock.advance(1_000);
  const { attempts } = await emulator.waitFor();
  assert.deepEqual(attempts.map(({ answer }) => answer.status ?? answer.failure), [503, "reset", "timeout", 200]);
  // The retry of what was processed is told apart by the handler's store.
  assert.equal(events.length, 1);
});

test("a wait that ends says what was answered", async (t) => {
  const emulator = createEmulator({ fetch: () => new Response("no such secret", { status: 401 }) });
  t.after(() => emulator.close());
  await assert.rejects(emulator.waitFor({}, { timeout: 1 }), (error) => error instanceof WaitTimeout && error.message.includes("no deliveries"));
  emulator.webhooks.create({ url: URL });
  emulator.trigger(EVENT);
  await emulator.waitFor({ state: "waiting" });
  await assert.rejects(emulator.waitFor({ event: EVENT }, { timeout: 1 }), (error) => {
    assert.match(error.message, /^No delivery with state delivered, event CONVERSION_COMPLETED within 1 ms\.\n- CONVERSION_COMPLETED \S+: waiting after 1 attempts, next attempt at /);
    assert.match(error.message, /last answer: 401 no such secret\n.*clock\.advance\(30\)/);
    return error instanceof WaitTimeout;
  });
  await assert.rejects(emulator.waitFor({}, { signal: AbortSignal.abort(new Error("stopped")) }), /stopped/);
});

test("a receiver that throws, and one that never answers, are failures", async (t) => {
  const thrown = createEmulator({ fetch: () => Promise.reject(new Error("broken")) });
  t.after(() => thrown.close());
  thrown.webhooks.create({ url: URL });
  thrown.trigger(EVENT);
  const { attempts } = await thrown.waitFor({ state: "waiting" });
  assert.deepEqual([attempts[0].answer.failure, attempts[0].answer.message], ["reset", "the receiver threw: Error: broken"]);

  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.now() });
  const silent = createEmulator({ fetch: () => new Promise(() => {}) });
  silent.webhooks.create({ url: URL });
  silent.trigger(EVENT);
  t.mock.timers.tick(30_000);
  assert.equal((await silent.waitFor({ state: "waiting" })).attempts[0].answer.failure, "timeout");
  await silent.close();
});

test("what waits when the emulator is closed ends at once", async (t) => {
  // Nothing ends by its time here.
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const emulator = createEmulator({ fetch: () => new Promise(() => {}) });
  emulator.webhooks.create({ url: URL });
  emulator.trigger(EVENT);
  const waits = [emulator.clock.advance(30), emulator.waitFor(), emulator.waitFor({}, { signal: new AbortController().signal })];
  const ended = waits.map((wait) => assert.rejects(wait, (error) => error instanceof RuleFault && error.code === "closed"));
  await emulator.close();
  await Promise.all(ended);
  await assert.rejects(emulator.waitFor(), { code: "closed" });
});

test("of a long answer the beginning is kept, and its characters whole", async (t) => {
  const emulator = createEmulator({ fetch: () => new Response(`.${"é".repeat(100_000)}`) });
  t.after(() => emulator.close());
  emulator.webhooks.create({ url: URL });
  emulator.trigger(EVENT);
  const { attempts: [{ answer }] } = await emulator.waitFor();
  // Of 8 KiB the last byte would be half of one.
  assert.deepEqual([answer.body, answer.bodyTruncated], [{ text: `.${"é".repeat(4 * 1024 - 1)}` }, true]);
});

test("webhooks are edited, disabled, given new secrets and deleted", async (t) => {
  const { emulator, webhook, secret } = emulated(t);
  assert.deepEqual(emulator.webhooks.list().map(({ id }) => id), [webhook.id]);
  assert.notEqual(emulator.webhooks.regenerateSecret(webhook.id), secret);
  emulator.trigger(EVENT);
  const refused = await emulator.waitFor({ state: "waiting" });
  assert.equal(refused.attempts[0].answer.status, 401);
  assert.equal(emulator.webhooks.update(webhook.id, { enabled: false }).enabled, false);
  assert.equal(emulator.delivery(refused.id).givenUpBecause, "disabled");
  emulator.webhooks.delete(webhook.id);
  assert.throws(() => emulator.webhooks.delete(webhook.id), (error) => error instanceof RuleFault && error.code === "unknown_webhook");
});

test("a delivery is sent again: as captured, signed afresh, edited", async (t) => {
  const { emulator } = emulated(t);
  const [{ id }] = emulator.trigger({ sample: "spanish-invoice" }).deliveries;
  await emulator.waitFor();
  for (const [how, payload] of [["asCaptured"], ["signedAfresh"], ["edited", "{}"]]) {
    const [again] = emulator.again(id, how, payload).deliveries;
    await emulator.waitFor({ text: again.id, state: how === "edited" ? "waiting" : "delivered" });
  }
});

test("the same seed and the same calls give the same secret", (t) => {
  const seed = "0".repeat(64);
  const [first, second] = [1, 2].map(() => createEmulator({ seed }));
  t.after(() => Promise.all([first.close(), second.close()]));
  assert.equal(first.webhooks.create({ url: URL }).secret, second.webhooks.create({ url: URL }).secret);
});

test("a closed emulator says so, and one that is left open does not keep the process", async () => {
  const closed = createEmulator();
  await closed.close();
  assert.throws(() => closed.trigger(EVENT), { code: "closed" });

  const program = `import { createEmulator } from "docutray-webhook/testing";
    const emulator = createEmulator({ fetch: () => new Response(null, { status: 500 }) });
    emulator.webhooks.create({ url: "https://example.com" });
    emulator.trigger("STEP_FAILED");
    await emulator.waitFor({ state: "waiting" });`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], { stdio: "inherit", cwd: import.meta.dirname });
  const [code] = await once(child, "exit");
  assert.equal(code, 0);
});
