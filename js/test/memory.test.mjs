import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { memory } from "docutray-webhook/idempotency";

suite("memory() keeps no more than its limit", () => {
  test("forgets what was processed longest ago", async () => {
    const store = memory({ limit: 2 });
    for (const key of ["a", "b", "c"]) {
      const { token } = await store.claim(key);
      await store.complete(key, token);
    }
    assert.equal((await store.claim("c")).state, "done");
    assert.equal((await store.claim("b")).state, "done");
    assert.deepEqual({ ...(await store.claim("a")), token: 0 }, { state: "claimed", token: 0, seenBefore: false });
  });

  test("but never what is under way: then a claim fails", async () => {
    const store = memory({ limit: 2 });
    await store.claim("a");
    await store.claim("b");
    await assert.rejects(store.claim("c"), /2 events are under way, the limit/);
    assert.equal((await store.claim("a")).state, "busy");
  });

  test("save for a lease that has ended", async () => {
    const store = memory({ limit: 1, lease: 0.001 });
    await store.claim("a");
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal((await store.claim("b")).state, "claimed");
  });
});

suite("options that cannot work", () => {
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
