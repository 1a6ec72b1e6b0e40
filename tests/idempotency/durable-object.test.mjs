// The store in Durable Objects, in the runtime of Workers.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { open, runCase, tell } from "./ask.mjs";
import { contract } from "./contract.mjs";
import { servingWorker, servingWorkers } from "./workers/workerd.mjs";

const KINDS = { sqlite: "stored in SQLite", keyValue: "declared as key-value storage" };
const LONG = { lease: 3600 };

for (const [kind, name] of Object.entries(KINDS)) {
  suite(`Durable Objects ${name}`, () => {
    const served = whileServing((directory) => servingWorker("contract.jsonc", directory));

    for (const { name } of contract) {
      test(name, () => runCase(served.address, kind, name));
    }

    test("what is past `remember` is deleted, by the alarm that every claim sets", async () => {
      const { address } = served;
      const remember = 4890;
      const store = open(address, kind, { remember });
      const keys = ["abandoned", "released", "done"].map((key) => `${key} ${crypto.randomUUID()}`);
      const [abandoned, released, done] = keys;
      // So much in the past that each is forgotten in a second from now.
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

    test("an alarm that comes too early deletes nothing, and comes again", async () => {
      const { address } = served;
      const key = crypto.randomUUID();
      await open(address, kind).claim(key);
      const stored = await tell(address, kind, "stored", key);
      assert.ok(stored.alarm > Date.now() + 80_000_000);
      assert.equal(stored.entries.length, 1);
      await tell(address, kind, "alarm", key);
      await until(async () => (await tell(address, kind, "stored", key)).alarm === stored.alarm);
      assert.deepEqual(await tell(address, kind, "stored", key), stored);
    });

    test("a call fails while the object is away, and the next is answered when it is back", async () => {
      const { address } = served;
      const key = crypto.randomUUID();
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

suite("two Workers, one namespace", () => {
  const served = whileServing((directory) => servingWorkers("two.capnp", "two.mjs", directory));

  test("of all that claim one event in both, one gets it, and what one has done is done for the other", async () => {
    const addresses = [served.address, `${served.address}/second`];
    const isolates = await Promise.all(addresses.map((address) => tell(address, "host", "isolate")));
    assert.notEqual(isolates[0], isolates[1]);
    const [first, second] = addresses.map((address) => open(address, "host", LONG));
    const key = crypto.randomUUID();
    const claims = await Promise.all([first, second, first, second, second, first].map((store) => store.claim(key)));
    const [{ token }, ...more] = claims.filter((claim) => claim.state === "claimed");
    assert.deepEqual(more, []);
    assert.equal(await second.complete(key, token), true);
    assert.deepEqual(await first.claim(key), { state: "done" });
  });
});

suite("workerd, killed", () => {
  test("loses no claim that it has answered, and none that is done", async () => {
    await inDirectory(async (directory) => {
      const killed = await servingWorker("contract.jsonc", directory);
      const store = open(killed.address, "sqlite", LONG);
      const keys = Array.from({ length: 60 }, () => crypto.randomUUID());
      const answered = new Map();
      const done = new Set();
      // Killed in the midst of them.
      const all = keys.map(async (key, index) => {
        const { token } = await store.claim(key);
        answered.set(key, token);
        if (index % 2 === 0 && (await store.complete(key, token))) {
          done.add(key);
        }
        if (done.size === 5) {
          await killed.kill();
        }
      });
      await Promise.allSettled(all);
      assert.ok(answered.size >= 5 && done.size >= 5 && done.size < 30);

      const again = await servingWorker("contract.jsonc", directory);
      try {
        const store = open(again.address, "sqlite", LONG);
        for (const [key, token] of answered) {
          const { state } = await store.claim(key);
          // One that was killed with its answer on the way may be done too.
          assert.ok(state === "done" || (state === "busy" && !done.has(key)), `${state}`);
          assert.equal(await store.complete(key, token), true);
        }
      } finally {
        await again.kill();
      }
    });
  });
});

/** Serves what `start` starts in a directory of its own for the tests of a suite; gives where, once they run. */
function whileServing(start) {
  const served = {};
  let directory;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "workerd-"));
    Object.assign(served, await start(directory));
  });
  after(async () => {
    await served.kill?.();
    await rm(directory, { recursive: true });
  });
  return served;
}

async function inDirectory(use) {
  const directory = await mkdtemp(join(tmpdir(), "workerd-"));
  try {
    await use(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Alarms are not to the millisecond, nor are machines. */
async function until(reached) {
  const end = Date.now() + 60_000;
  while (!(await reached())) {
    assert.ok(Date.now() < end, "it has not come to pass in a minute");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
