// A store's server is unreachable or does not answer: nothing is processed and nothing is lost.
import assert from "node:assert/strict";
import { after, before, describe, mock, test } from "node:test";
import { webHandler } from "docutray-webhook/handler";
import { redis } from "docutray-webhook/idempotency";
import { SECRET, URL } from "./delivery.mjs";
import { PATIENCE } from "./holds.mjs";
import { clients, NEWEST_IOREDIS, NEWEST_NODE_REDIS, openRedis, UPSTASH } from "./redis-clients.mjs";
import { openStore, startServer } from "./stores.mjs";
import { isPutOff, newDelivery, retried } from "./workers.mjs";

// Silences the expected log lines about the unreachable store.
mock.method(console, "error", () => {});

/** `open(port)` returns a store as the documentation sets it up, and a function that closes its client. */
const stores = [
  ...clients.map(({ name, cluster, open }) => ({ name, kind: "Redis", cluster, open: onRedis(open) })),
  { name: "pg", kind: "PostgreSQL", cluster: false, open: (port) => openStore("PostgreSQL", port) },
  { name: "DynamoDBClient", kind: "DynamoDB", cluster: false, open: (port) => openStore("DynamoDB", port) },
];

describe("a server that is unreachable", { concurrency: true, timeout: PATIENCE }, () => {
  for (const { name, kind, cluster, open } of stores) {
    describe(name, { concurrency: false }, () => {
      const set = setup(() => startServer(kind, { cluster }), open);

      test("fails every call, and is used again when it is back", async () => {
        const { server, store } = set;
        const [held, done] = [newDelivery().key, newDelivery().key];
        const { token } = await store.claim(held);
        await store.complete(done, (await store.claim(done)).token);
        await server.stop();
        await assert.rejects(store.claim(held));
        await assert.rejects(store.renew(held, token));
        await assert.rejects(store.complete(held, token));
        await assert.rejects(store.release(held, token));
        await assert.rejects(store.health(), /^Error: the idempotency store in \w+ is not ready \(.*\): see whether /);
        await server.start();
        await until(async () => (await store.claim(done)).state === "done");
        await store.health();
        assert.equal((await store.claim(held)).state, "busy", "it was neither done nor released meanwhile");
        assert.equal(await store.complete(held, token), true);
      });

      test("a delivery is answered 503 and not processed; when the server is back, the retry is processed", async () => {
        const { server, store } = set;
        const receiver = receiverOn(store);
        const [earlier, delivery] = [newDelivery(), newDelivery()];
        assert.equal((await receiver.send(earlier)).says, "processed");
        await server.stop();
        for (const each of [delivery, earlier]) {
          const answer = await receiver.send(each);
          assert.equal(answer.says, "store_unavailable");
          isPutOff(answer);
        }
        assert.deepEqual(receiver.handled, [earlier.key]);
        await server.start();
        assert.equal((await retried(receiver, delivery)).says, "processed");
        assert.equal((await retried(receiver, earlier)).says, "duplicate");
        assert.deepEqual(receiver.handled, [earlier.key, delivery.key]);
      });
    });
  }
});

const waiting = [
  { name: "node-redis as it is", kind: "Redis", open: onRedis((port) => openRedis(NEWEST_NODE_REDIS, port, {})) },
  { name: "ioredis as it is", kind: "Redis", open: onRedis((port) => openRedis(NEWEST_IOREDIS, port, {})) },
];

describe("a client that waits for its server", { concurrency: true, timeout: PATIENCE }, () => {
  for (const { name, kind, open } of waiting) {
    describe(name, { concurrency: false }, () => {
      const set = setup(() => startServer(kind), open);

      test("does not keep Docutray waiting, and a claim that succeeds late is released", async () => {
        const { server, store } = set;
        const receiver = receiverOn(store);
        const delivery = newDelivery();
        await server.stop();
        const answer = await receiver.send(delivery);
        assert.equal(answer.says, "store_unavailable");
        isPutOff(answer);
        await server.start();
        assert.equal((await retried(receiver, delivery)).says, "processed");
        assert.deepEqual(receiver.handled, [delivery.key]);
      });
    });
  }
});

describe("a server that accepts calls but does not answer", { concurrency: true, timeout: PATIENCE }, () => {
  const newest = [NEWEST_NODE_REDIS, NEWEST_IOREDIS, UPSTASH, "pg", "DynamoDBClient"];
  for (const { name, kind, open } of stores.filter(({ name }) => newest.includes(name))) {
    describe(name, { concurrency: false }, () => {
      const set = setup(() => startServer(kind), open);

      test("a delivery is answered 503 and not processed; when the server answers again, the retry is processed", async () => {
        const { server, store } = set;
        const receiver = receiverOn(store);
        const delivery = newDelivery();
        server.stall();
        const answer = await receiver.send(delivery);
        assert.equal(answer.says, "store_unavailable");
        isPutOff(answer);
        assert.deepEqual(receiver.handled, []);
        server.wake();
        assert.equal((await retried(receiver, delivery)).says, "processed");
        assert.deepEqual(receiver.handled, [delivery.key]);
      });
    });
  }
});

/** Starts a server and a store on it for the tests of a suite. */
function setup(start, open) {
  const set = {};
  before(async () => {
    set.server = await start();
    Object.assign(set, await open(set.server.port));
  });
  after(async () => {
    await set.close?.();
    await set.server?.end();
  });
  return set;
}

function onRedis(open) {
  return async (port) => {
    const { client, close } = await open(port);
    return { store: redis(client), close };
  };
}

/** Returns a handler in this process. */
function receiverOn(store) {
  const handled = [];
  const on = { CONVERSION_COMPLETED: ({ key }) => handled.push(key) };
  const handler = webHandler({ secret: SECRET, url: URL, idempotency: store, on });
  async function send({ headers, body }) {
    const withType = { "content-type": "application/json", ...headers };
    const response = await handler(new Request("http://127.0.0.1/hooks", { method: "POST", headers: withType, body }));
    const { verdict, code } = await response.json();
    return { status: response.status, says: verdict ?? code, retryAfter: response.headers.get("retry-after") };
  }
  return { handled, send };
}

/** Waits, since clients need a moment to notice that a server is back. */
async function until(reached) {
  for (const end = Date.now() + 30_000; ;) {
    try {
      if (await reached()) {
        return;
      }
    } catch (error) {
      assert.ok(Date.now() < end, error);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
