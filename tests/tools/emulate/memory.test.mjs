// Ten thousand deliveries leave memory bounded, and the history says what it has forgotten.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createEmulator } from "docutray-webhook/testing";
import { serving } from "../serving.mjs";
import { endpoint } from "./endpoint.mjs";

const MIB = 1024 * 1024;
setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

/** What JavaScript and WebAssembly hold. Some objects are only let go after others were collected. */
async function held() {
  for (let round = 0; round < 10; round += 1) {
    collectGarbage();
    await new Promise(setImmediate);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test("the history of an emulator is bounded", async (t) => {
  const emulator = createEmulator({ fetch: () => new Response("x".repeat(10_000)) });
  t.after(() => emulator.close());
  emulator.webhooks.create({ url: "https://example.com/hooks" });
  const payload = JSON.stringify({ text: "x".repeat(2_000) });
  const deliver = async (count) => {
    for (let done = 0; done < count; done += 100) {
      for (let number = 0; number < 100; number += 1) {
        emulator.trigger({ event: "STEP_COMPLETED", payload });
      }
      await emulator.clock.advance(0);
    }
  };
  await deliver(1_000);
  const before = await held();
  await deliver(10_000);
  const grown = (await held()) - before;
  assert.ok(grown < 16 * MIB, `${grown} bytes more`);
  const kept = emulator.deliveries();
  assert.equal(kept.length, 500);
  assert.equal(kept[0].sequence, 11_000);
});

test("the API says how much is kept and how much was dropped", async (t) => {
  const { call } = await serving(t, ["emulate"]);
  const { url } = await endpoint(t);
  await call("POST", "/api/webhooks", { url, events: ["STEP_COMPLETED"] });
  for (let count = 0; count < 600; count += 100) {
    await Promise.all(Array.from({ length: 100 }, () => call("POST", "/api/events", { event: "STEP_COMPLETED" })));
    await call("POST", "/api/clock", { advance: 0 });
  }
  const { items, matching, dropped } = (await call("GET", "/api/deliveries?limit=1000")).json;
  assert.deepEqual([items.length, matching, dropped], [500, 500, 100]);
  // The page shows these numbers.
  assert.equal((await call("GET", "/api/settings")).json.limits.deliveries, 500);
});
