// Promise: the emulator's handle does in JavaScript what its types say. Its rules are tested in Rust.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Verifier } from "docutray-webhook";
import { source } from "./source.mjs";

const { EmulatorMachine } = await source("emulator-machine.ts");

const URL = "http://localhost:3000/hooks";
const NOW = 1_705_314_600_000;
const EVENTS = ["CONVERSION_COMPLETED", "STEP_FAILED"];

function started(options = {}) {
  const machine = new EmulatorMachine({ seed: "0a".repeat(32), nowMilliseconds: NOW, ...options });
  const { reply } = machine.step(NOW, { type: "createWebhook", url: URL, events: EVENTS, enabled: true });
  return { machine, ...reply };
}

const answer = (status) => ({ status, headers: [["X", "ä"]], body: { base64: "/w==" }, milliseconds: 3 });

test("a delivery is verified, tried again as Docutray does, and shown", () => {
  const { machine, webhook, secret } = started();
  assert.deepEqual(machine.query({ type: "webhooks" }), { items: [webhook] });
  const verifier = new Verifier({ secret, url: URL });
  let effects = machine.step(NOW, { type: "trigger", event: "CONVERSION_COMPLETED" });
  const [{ id }] = effects.reply.deliveries;
  assert.ok(effects.save && effects.changed.some(({ delivery }) => delivery === id));
  assert.equal(effects.wakeAt, NOW + 30_000, "an answer takes at most 30 s");

  machine.step(NOW, { type: "advance", seconds: 4_890 });
  for (let attempt = 1; attempt <= 6; attempt++) {
    const [{ headers, body, ...sent }, ...others] = effects.send;
    assert.deepEqual([sent, others], [{ attempt: `${id}.${attempt}`, url: URL }, []]);
    const event = verifier.verify(headers.map(([name, value]) => [name, value]), body.text, NOW / 1000);
    assert.equal(event.type, "CONVERSION_COMPLETED");
    effects = machine.step(NOW, { type: "answered", attempt: sent.attempt, answer: answer(500) });
  }
  const delivery = machine.query({ type: "delivery", id });
  assert.deepEqual([delivery.state, delivery.givenUpBecause], ["givenUp", "retriesUsed"]);
  const times = delivery.attempts.map(({ at }) => Date.parse(at));
  assert.deepEqual(times.slice(1).map((at, index) => (at - times[index]) / 1000), [30, 60, 300, 900, 3600]);
  assert.deepEqual(delivery.attempts[0].answer, answer(500));
  const { items, dropped } = machine.query({ type: "deliveries", event: "CONVERSION_COMPLETED", state: "givenUp", summary: true });
  assert.deepEqual([items[0].payload, items[0].attempts[0].headers, dropped], [undefined, [], 0]);
  assert.equal(machine.query({ type: "latest", event: "STEP_FAILED" }), null);
  machine.close();
});

test("a command that cannot be done is told, and one that is none is thrown", () => {
  const { machine } = started();
  const { error } = machine.step(NOW, { type: "createWebhook", url: "http://example.com/", events: EVENTS, enabled: true });
  assert.deepEqual([error.code, error.field], ["url_not_allowed", "url"]);
  assert.throws(() => machine.step(NOW, { type: "trigger", evnt: "STEP_FAILED" }), { name: "RuleFault", code: "invalid_input" });
  assert.throws(() => machine.query({ type: "delivery", id: "?" }), { code: "unknown_delivery" });
  assert.throws(() => new EmulatorMachine({ seed: "?", nowMilliseconds: NOW }), { code: "invalid_seed" });
  machine.close();
  assert.throws(() => machine.save(), { code: "closed" });
});

test("several emulators run beside each other, and one goes on from its state", () => {
  const { machine, secret } = started();
  const state = machine.save();
  const restored = new EmulatorMachine({ seed: "0b".repeat(32), nowMilliseconds: NOW, state });
  const trigger = { type: "trigger", sample: "spanish-invoice", set: [{ path: "data.moneda", value: "EUR" }] };
  assert.deepEqual(restored.step(NOW, trigger), machine.step(NOW, trigger));
  assert.notEqual(started({ seed: "0b".repeat(32) }).secret, secret);
  for (const [text, code] of [["{}", "broken_state"], ['{"version":2}', "unknown_state_version"]]) {
    assert.throws(() => new EmulatorMachine({ seed: "0a".repeat(32), nowMilliseconds: NOW, state: text }), { code });
  }
});
