// Stores without code of their own try again while others write. The database is Deno KV's interface with what the test makes of it.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { denoKv } from "docutray-webhook/idempotency";

suite("for a database that others write to, a call", () => {
  const LOCKED = "database is locked";

  /** Returns a store on a fake database with its own clock. `commit(clock)` decides about writes. */
  function storeOn(t, commit) {
    const clock = { ms: 0, writes: 0, pauses: [] };
    t.mock.method(performance, "now", () => clock.ms);
    t.mock.method(globalThis, "setTimeout", (then, ms) => {
      clock.ms += ms;
      clock.pauses.push(ms);
      queueMicrotask(then);
    });
    const change = { check: () => change, set: () => change, commit: async () => ((clock.writes += 1), commit(clock)) };
    const kv = { get: async () => ({ value: null, versionstamp: null }), atomic: () => change };
    return { clock, store: denoKv(kv) };
  }

  test("is retried, however often the database was locked", async (t) => {
    const { clock, store } = storeOn(t, ({ ms }) => {
      if (ms < 3900) {
        throw new TypeError(LOCKED);
      }
      return { ok: true };
    });
    assert.equal((await store.claim("a")).state, "claimed");
    assert.ok(clock.writes > 100, `${clock.writes} tries`);
  });

  test("waits a random part of a time that grows to 32 ms", async (t) => {
    t.mock.method(Math, "random", () => 0.5);
    const { clock, store } = storeOn(t, ({ writes }) => {
      if (writes < 9) {
        throw new Error(LOCKED);
      }
      return { ok: true };
    });
    await store.claim("a");
    assert.deepEqual(clock.pauses, [0.5, 1, 2, 4, 8, 16, 16, 16]);
  });

  test("does not wait where it was only overtaken", async (t) => {
    const { clock, store } = storeOn(t, ({ writes }) => ({ ok: writes === 9 }));
    await store.claim("a");
    assert.deepEqual([clock.writes, clock.pauses], [9, []]);
  });

  test("fails in time, with the cause", async (t) => {
    const { clock, store } = storeOn(t, () => {
      throw new TypeError(LOCKED);
    });
    await assert.rejects(store.claim("a"), ({ message, cause }) => /for 4 s/.test(message) && cause.message === LOCKED);
    assert.ok(clock.ms >= 4000 && clock.ms < 4100, `after ${clock.ms} ms`);
  });

  test("fails in time even if each attempt takes long and is overtaken by another call", async (t) => {
    for (const [ms, expected] of [[900, 5], [1000, 4]]) {
      const { clock, store } = storeOn(t, (clock) => {
        clock.ms += ms;
        return { ok: false };
      });
      await assert.rejects(store.claim("a"), /^Error: Deno KV: for 4 s .* other calls changed the record first$/);
      assert.equal(clock.writes, expected);
      t.mock.restoreAll();
    }
  });

  test("writes nothing for an event that is busy, unless the clock was set back", async (t) => {
    t.mock.method(Date, "now", () => 1_000_000);
    for (const [ahead, expected] of [[60_000, 0], [59_999, 0], [60_001, 1]]) {
      const value = { state: "claimed", token: 1, lease: 60_000, leaseEnds: 1_000_000 + ahead, forgetAfter: 9_000_000 };
      let writes = 0;
      const change = { check: () => change, set: () => change, commit: async () => ((writes += 1), { ok: true }) };
      const store = denoKv({ get: async () => ({ value, versionstamp: "1" }), atomic: () => change });
      assert.deepEqual(await store.claim("a"), { state: "busy", retryAfter: 60 });
      assert.equal(writes, expected);
    }
  });

  test("is not retried if it fails for another reason", async (t) => {
    for (const reason of [new TypeError("disk full"), { message: LOCKED }, undefined]) {
      const { clock, store } = storeOn(t, () => {
        throw reason;
      });
      await assert.rejects(store.claim("a"), (error) => error === reason);
      assert.equal(clock.writes, 1);
      t.mock.restoreAll();
    }
  });
});
