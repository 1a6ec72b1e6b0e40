// Tests the store in Durable Objects, in the runtime of Workers.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { suite, test } from "node:test";
import { contract } from "./contract.mjs";
import { SECRET, URL } from "./delivery.mjs";
import { open, runCase, tell } from "./runtimes/ask.mjs";
import { isDuplicate, receives, receivesCopies } from "./runtimes/deliveries.mjs";
import { until, whileServing, withServers } from "./runtimes/places.mjs";
import { documentedWorker } from "./runtimes/workerd/documented.mjs";
import { servingWorker, servingWorkers } from "./runtimes/workerd/workerd.mjs";

const KINDS = { sqlite: "stored in SQLite", keyValue: "declared as key-value storage" };
/** The contract uses node:assert. */
const CONTRACT = {
  main: join(import.meta.dirname, "runtimes/workerd/contract.mjs"),
  compatibility_flags: ["nodejs_compat"],
  durable_objects: {
    bindings: [
      { name: "SQLITE", class_name: "SqliteClaims" },
      { name: "KEY_VALUE", class_name: "KeyValueClaims" },
      { name: "CHAT", class_name: "Chat" },
    ],
  },
  migrations: [{ tag: "1", new_sqlite_classes: ["SqliteClaims", "Chat"], new_classes: ["KeyValueClaims"] }],
};
const LONG = { lease: 3600 };

for (const [kind, name] of Object.entries(KINDS)) {
  suite(`Durable Objects ${name}`, () => {
    const served = whileServing((directory) => servingWorker(CONTRACT, directory));

    for (const { name } of contract) {
      test(name, () => runCase(served.address, kind, name));
    }

    test("records past `remember` are deleted by the alarm that every claim sets", async () => {
      const { address } = served;
      const remember = 4890;
      const store = open(address, kind, { remember });
      const keys = ["abandoned", "released", "done"].map((key) => `${key} ${randomUUID()}`);
      const [abandoned, released, done] = keys;
      // So far in the past that each is forgotten a second from now.
      await tell(address, kind, "shift", 1 - remember);
      await store.claim(abandoned);
      await store.release(released, (await store.claim(released)).token);
      await store.complete(done, (await store.claim(done)).token);
      await tell(address, kind, "shift", remember - 1);
      for (const key of keys) {
        await until(async () => {
          const { alarm, entries } = await tell(address, kind, "stored", key);
          return alarm === null && entries.length === 0;
        });
      }
    });

    test("an early alarm deletes nothing and is set again", async () => {
      const { address } = served;
      const key = randomUUID();
      await open(address, kind).claim(key);
      const stored = await tell(address, kind, "stored", key);
      assert.ok(stored.alarm > Date.now() + 80_000_000);
      assert.equal(stored.entries.length, 1);
      await tell(address, kind, "alarm", key);
      await until(async () => (await tell(address, kind, "stored", key)).alarm === stored.alarm);
      assert.deepEqual(await tell(address, kind, "stored", key), stored);
    });

    test("a call fails while the object is unreachable, and succeeds when it is back", async () => {
      const { address } = served;
      const key = randomUUID();
      const store = open(address, kind, LONG);
      const { token } = await store.claim(key);
      await tell(address, kind, "away", true);
      try {
        await assert.rejects(store.claim(key), /the object is away/);
        await assert.rejects(store.complete(key, token), /the object is away/);
      } finally {
        await tell(address, kind, "away", false);
      }
      assert.equal((await store.claim(key)).state, "busy");
      assert.equal(await store.complete(key, token), true);
    });
  });
}

test("the Worker of the documentation processes an event once, even across a restart", async () => {
  const vars = { DOCUTRAY_WEBHOOK_SECRET: SECRET, DOCUTRAY_WEBHOOK_URL: URL };
  const start = async (directory) => servingWorker({ ...(await documentedWorker(directory)), vars }, directory);
  await withServers(start, async (server) => {
    const { address, kill } = await server();
    await receives(address);
    await receivesCopies([address]);
    await kill();
    await isDuplicate((await server()).address);
  });
});

suite("a wrong binding", () => {
  const served = whileServing((directory) => servingWorker(CONTRACT, directory));

  test("of another class makes the claim fail, and the error says what to bind", async () => {
    await assert.rejects(open(served.address, "other").health(), /store in Durable Objects is not ready \(.*\): see whether wrangler\.jsonc/);
    await assert.rejects(open(served.address, "other").claim("a"), /answered 404 .* bind the namespace to the class ClaimObject/);
  });

  test("that is missing is refused, and the error says where to look", async () => {
    await assert.rejects(open(served.address, "none").claim("a"), /TypeError: .* got undefined: is it in wrangler\.jsonc/);
  });
});

suite("two Workers with one namespace", () => {
  const served = whileServing((directory) => servingWorkers("two.capnp", "two.mjs", directory));

  test("give an event to one of all concurrent claims, and an event done by one is done for the other", async () => {
    const addresses = [served.address, `${served.address}/second`];
    const isolates = await Promise.all(addresses.map((address) => tell(address, "host", "isolate")));
    assert.notEqual(isolates[0], isolates[1]);
    const [first, second] = addresses.map((address) => open(address, "host", LONG));
    const key = randomUUID();
    const claims = await Promise.all([first, second, first, second, second, first].map((store) => store.claim(key)));
    const [{ token }, ...more] = claims.filter((claim) => claim.state === "claimed");
    assert.deepEqual(more, []);
    assert.equal(await second.complete(key, token), true);
    assert.deepEqual(await first.claim(key), { state: "done" });
  });
});

suite("killing workerd", () => {
  test("loses no answered claim and no completed event", async () => {
    const start = (directory) => servingWorker(CONTRACT, directory);
    await withServers(start, async (server) => {
      const killed = await server();
      const doomed = open(killed.address, "sqlite", LONG);
      const answered = new Map();
      const done = new Set();
      // Kills it in the middle of them. Six at a time, so that they cannot all be answered before this process sees the fifth.
      const all = Array.from({ length: 6 }, async () => {
        for (let index = 0; index < 10; index += 1) {
          const key = randomUUID();
          const { token } = await doomed.claim(key);
          answered.set(key, token);
          if (index % 2 === 0) {
            await doomed.complete(key, token);
            done.add(key);
          }
          if (done.size === 5) {
            await killed.kill();
          }
        }
      });
      await Promise.allSettled(all);
      assert.ok(done.size >= 5 && done.size < 30, `${done.size} of 30 were done`);

      const store = open((await server()).address, "sqlite", LONG);
      for (const [key, token] of answered) {
        const { state } = await store.claim(key);
        // It may also be done, with its answer lost.
        assert.ok(state === "done" || (state === "busy" && !done.has(key)), state);
        assert.equal(await store.complete(key, token), true);
      }
    });
  });
});
