import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { redis } from "docutray-webhook/idempotency";
import { holds, PATIENCE } from "./holds.mjs";
import { clients, NEWEST_NODE_REDIS, UPSTASH } from "./redis-clients.mjs";
import { startRedis } from "./servers.mjs";

describe("Redis", { concurrency: true, timeout: PATIENCE }, () => {
  for (const { name, cluster, open } of clients) {
    describe(name, { concurrency: false }, () => {
      let server, client, close;
      before(async () => {
        server = await startRedis({ clock: true, cluster });
        ({ client, close } = await open(server.port));
      });
      after(async () => {
        await close?.();
        await server?.end();
      });
      holds({
        open: (options) => redis(client, options),
        shift: (seconds) => server.shift(seconds),
        jumpsBack: true,
        forget: () => server.says("FLUSHALL"),
        sharing: true,
      });
    });
  }
});

describe("only Redis:", { timeout: PATIENCE }, () => {
  let server;
  const opened = {};
  before(async () => {
    server = await startRedis();
    for (const { name, cluster, open } of clients) {
      if (!cluster) {
        opened[name] = await open(server.port);
      }
    }
  });
  after(async () => {
    await Promise.all(Object.values(opened).map(({ close }) => close()));
    await server?.end();
  });
  const ofAnyClient = () => opened[NEWEST_NODE_REDIS].client;

  test("all clients see the same claims", async () => {
    const [first, ...others] = Object.values(opened).map(({ client }) => redis(client));
    const { token } = await first.claim("shared");
    for (const store of others) {
      assert.equal((await store.claim("shared")).state, "busy");
      assert.equal(await store.renew("shared", token), true);
    }
    assert.equal(await others.at(-1).complete("shared", token), true);
    assert.deepEqual(await first.claim("shared"), { state: "done" });
  });

  test("two prefixes keep two services apart", async () => {
    const [one, other] = [redis(ofAnyClient()), redis(ofAnyClient(), { prefix: "other:" })];
    const { token } = await one.claim("prefixed");
    assert.equal((await other.claim("prefixed")).seenBefore, false);
    assert.equal(await one.complete("prefixed", token), true);
    assert.equal((await other.claim("prefixed")).state, "busy");
    assert.match(await server.says("EXISTS docutray-webhook:prefixed other:prefixed"), /^:2/);
  });

  test("everything that is stored expires after `remember`", async () => {
    const store = redis(ofAnyClient(), { remember: 5000, prefix: "expires:" });
    const expires = async (key) => {
      const left = Number((await server.says(`PTTL expires:${key}`)).slice(1));
      assert.ok(left > 4_400_000 && left <= 5_000_000, `${left} ms are left of ${key}`);
    };
    const tokens = {};
    for (const key of ["claimed", "renewed", "released", "done"]) {
      tokens[key] = (await store.claim(key)).token;
      await expires(key);
      assert.match(await server.says(`PEXPIRE expires:${key} 100000`), /^:1/);
    }
    await store.renew("renewed", tokens.renewed);
    await store.release("released", tokens.released);
    await store.complete("done", tokens.done);
    for (const key of ["renewed", "released", "done"]) {
      await expires(key);
    }
  });

  test("a prefix that is not text is refused", () => {
    for (const prefix of [null, 1, Symbol("prefix")]) {
      assert.throws(() => redis(ofAnyClient(), { prefix }), { code: "invalid_config", field: "prefix" });
    }
  });

  test("anything but a client is refused at once, and so is a client whose `eval` takes other arguments", () => {
    const callbacks = { eval() {}, evalsha() {} };
    for (const client of [undefined, null, {}, "redis://127.0.0.1", new Map(), { eval() {} }, callbacks, eval]) {
      const message = /got .*: pass a client of `redis` 4 or newer, `ioredis` 5 or newer, or `@upstash\/redis`/;
      assert.throws(() => redis(client), { name: "TypeError", message });
    }
  });

  test("a client of @upstash/redis is known behind a proxy that only answers to `get`, as `kv` of @vercel/kv is", async () => {
    const { client } = opened[UPSTASH];
    const proxy = new Proxy({}, { get: (_, name) => client[name]?.bind?.(client) ?? client[name] });
    assert.equal((await redis(proxy).claim("by a proxy")).state, "claimed");
  });

  test("an answer that no script gives is an error, and not the loss of a lease", async () => {
    const { Redis } = await import("@upstash/redis");
    // With a signal in place of a function that makes one, this client resolves a call that was aborted.
    const signal = AbortSignal.abort("given up");
    const client = new Redis({ url: "http://127.0.0.1:9", token: "none", signal, retry: false, enableAutoPipelining: false });
    const store = redis(client);
    await assert.rejects(store.claim("aborted"), /which this version does not know/);
    await assert.rejects(store.renew("aborted", 1), /which this version does not know/);
    await assert.rejects(store.complete("aborted", 1), /which this version does not know/);
  });

  test("health tells a server that takes no writes, and one that is away", async () => {
    const store = redis(ofAnyClient(), { prefix: "healthy:" });
    await store.health();
    assert.match(await server.says("REPLICAOF 127.0.0.1 9"), /^\+OK/);
    try {
      await assert.rejects(store.health(), /store in Redis is not ready \(.*read only replica.*\): see whether .* takes writes/);
    } finally {
      await server.says("REPLICAOF NO ONE");
    }
    await store.health();
    const { createClient } = await import("redis-6");
    await assert.rejects(redis(createClient({ url: server.url })).health(), /is not ready \(.*\): see whether the client is connected/);
  });

  test("a claim with an unconnected client fails", async () => {
    const { createClient } = await import("redis-6");
    await assert.rejects(redis(createClient({ url: server.url })).claim("key"));
  });
});
