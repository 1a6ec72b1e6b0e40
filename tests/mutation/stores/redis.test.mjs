// The store in Redis, on a server that `run.mjs` has started, whose clock stands. `tests/idempotency` has the real clients.
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { redis } from "docutray-webhook/idempotency";
import { createClient } from "redis";
import { holds } from "./holds.mjs";

/** Of this process alone, since others have the same server. */
const prefix = `${process.pid}:`;
const server = createClient({ url: process.env.REDIS_URL });
before(() => server.connect());
after(() => server.destroy());

const run = (script, keys, args) => server.eval(script, { keys, arguments: args });
const LIKE = {
  "node-redis": { eval: (script, { keys, arguments: args }) => run(script, keys, args), evalSha() {} },
  ioredis: { eval: (script, count, ...rest) => run(script, rest.slice(0, count), rest.slice(count)), defineCommand() {} },
  "@upstash/redis": { eval: (script, keys, args) => run(script, keys, args), createScript() {} },
};

holds({
  open: (options) => redis(LIKE.ioredis, { ...options, prefix }),
  sharing: true,
  without: { shift: "others have the same server", jumpsBack: "the same", forget: "the same" },
});

suite("Redis", () => {
  for (const [name, client] of Object.entries(LIKE)) {
    test(`with the calls of ${name}, an event is claimed, renewed and done`, async () => {
      const store = redis(client, { prefix: `${prefix}${name}:` });
      const claim = await store.claim("a");
      assert.deepEqual(claim, { state: "claimed", token: claim.token, seenBefore: false });
      assert.deepEqual(await store.claim("a"), { state: "busy", retryAfter: 60 });
      assert.equal(await store.renew("a", claim.token), true);
      assert.equal(await store.complete("a", claim.token), true);
      assert.deepEqual(await store.claim("a"), { state: "done" });
    });
  }

  test("keys have the prefix, by default one of its own, and everything expires", async () => {
    const own = { prefix, remember: 5000 };
    await redis(LIKE.ioredis).claim(`${prefix}default`);
    await redis(LIKE.ioredis, own).claim("own");
    assert.equal(await server.exists(`docutray-webhook:${prefix}default`), 1);
    const left = await server.pTTL(`${prefix}own`);
    assert.ok(left > 4_400_000 && left <= 5_000_000, `${left} ms are left`);
  });

  test("the lease is passed in whole microseconds, and `remember` in whole milliseconds, both rounded up", async () => {
    const calls = [];
    const client = { eval: async (_script, { arguments: args }) => (calls.push(args), calls.length > 1 ? 1 : "claimed 7"), evalSha() {} };
    const store = redis(client, { lease: 0.0000015, remember: 5000.0001 });
    await store.claim("a");
    await store.renew("a", 7);
    await store.complete("a", 7);
    await store.release("a", 7);
    assert.deepEqual(calls, [["2", "5000001"], ["7", "2", "5000001"], ["7", "5000001"], ["7", "5000001"]]);
    assert.equal(store.lease, 0.0000015);
  });

  test("an answer that no script gives is an error, and not the loss of a lease", async () => {
    for (const answer of ["given up", null, undefined, 2, ""]) {
      const store = redis({ eval: async () => answer, evalSha() {} });
      for (const method of ["claim", "renew", "complete", "release"]) {
        await assert.rejects(store[method]("a", 1), /Redis answered a script with ".*", which this version does not know/);
      }
    }
    const zero = redis({ eval: async () => 0, evalSha() {} });
    assert.deepEqual([await zero.renew("a", 1), await zero.complete("a", 1), await zero.release("a", 1)], [false, false, false]);
  });

  test("health says what to check", async () => {
    await redis(LIKE.ioredis, { prefix }).health();
    const away = redis({ eval: async () => Promise.reject(new Error("it is away")), evalSha() {} });
    await assert.rejects(away.health(), /store in Redis is not ready \(it is away\): see whether the client is connected/);
  });

  test("a prefix that is not text is refused", () => {
    for (const prefix of [null, 1]) {
      assert.throws(() => redis(LIKE.ioredis, { prefix }), { code: "invalid_config", field: "prefix" });
    }
  });

  test("what is no client is refused, and so is a client whose `eval` takes other arguments", () => {
    const callbacks = { eval() {}, evalsha() {} };
    const halves = [{ defineCommand() {} }, { createScript() {} }, { evalSha() {} }];
    for (const client of [undefined, null, {}, "redis://127.0.0.1", { eval() {} }, callbacks, ...halves]) {
      const message = /got .*: pass a client of `redis` 4 or newer, `ioredis` 5 or newer, or `@upstash\/redis`/;
      assert.throws(() => redis(client), { name: "TypeError", message });
    }
  });
});
