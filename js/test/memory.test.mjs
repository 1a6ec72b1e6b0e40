import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { memory } from "docutray-webhook/idempotency";

suite("memory() remembers no more events than its limit", () => {
  test("and forgets first what was processed first, however long ago that was claimed before", async () => {
    const store = memory({ limit: 3 });
    await store.release("a", (await store.claim("a")).token);
    await store.complete("b", (await store.claim("b")).token);
    await store.complete("a", (await store.claim("a")).token);
    await store.claim("c");
    await store.claim("d");
    assert.deepEqual(await store.claim("a"), { state: "done" });
  });

  test("but forgets no event that is being processed: then a claim fails", async () => {
    const store = memory({ limit: 2 });
    await store.claim("a");
    await store.claim("b");
    await assert.rejects(store.claim("c"), /2 events are under way, the limit/);
    assert.equal((await store.claim("a")).state, "busy");
  });
});

test("memory() deletes what need not be remembered any longer, with the next call", async (t) => {
  let now = 0;
  t.mock.method(performance, "now", () => now);
  const store = memory({ remember: 5000 });
  for (const key of ["first", "second"]) {
    await store.complete(key, (await store.claim(key)).token);
    now += 1;
  }
  const deleted = t.mock.method(Map.prototype, "delete");
  const isDeleted = (key) => deleted.mock.calls.some(({ arguments: [one], result }) => one === key && result);
  now = 4_999_999;
  await store.claim("third");
  assert.ok(!isDeleted("first"));
  now = 5_000_000;
  await store.claim("third");
  assert.ok(isDeleted("first") && !isDeleted("second"));
});

suite("a token", () => {
  test("is greater than all before it of any store, however fast events are claimed", async () => {
    const stores = [memory(), memory()];
    let last = 0;
    for (let count = 0; count < 2000; count++) {
      const { token } = await (stores[count % 3] ?? memory()).claim(String(count));
      assert.ok(token > last, `${token} after ${last}`);
      last = token;
    }
  });

  test("is greater even if the clock stops or goes back", async (t) => {
    t.mock.timers.enable({ apis: ["Date"], now: Date.now() + 3_600_000 });
    const { token: ahead } = await memory().claim("a");
    t.mock.timers.setTime(0);
    const { token } = await memory().claim("a");
    assert.equal(token, ahead + 1);
  });

  test("begins at the clock's time, so that those of a later run are greater", async (t) => {
    const later = Date.now() + 7_200_000;
    t.mock.timers.enable({ apis: ["Date"], now: later });
    assert.equal((await memory().claim("a")).token, later * 1000);
  });
});

suite("wrong options", () => {
  const faults = {
    lease: [0, -1, NaN, Infinity, 3601, "60"],
    remember: [0, 4889, NaN, Infinity, "86400"],
    limit: [0, 1.5, -1, "10"],
  };
  for (const [field, values] of Object.entries(faults)) {
    test(field, () => {
      for (const value of values) {
        assert.throws(() => memory({ [field]: value }), { name: "WebhookError", code: "invalid_config", field }, String(value));
      }
    });
  }
});
