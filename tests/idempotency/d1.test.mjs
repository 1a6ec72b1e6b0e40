// Tests the store in Cloudflare D1, in the runtime of Workers.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { suite, test } from "node:test";
import { sqliteSchema } from "docutray-webhook/idempotency";
import { contract } from "./contract.mjs";
import { open, runCase, tell } from "./runtimes/ask.mjs";
import { whileServing, withServers } from "./runtimes/places.mjs";
import { servingWorker } from "./runtimes/workerd/workerd.mjs";

const SETTINGS = {
  main: join(import.meta.dirname, "runtimes/workerd/d1.mjs"),
  compatibility_flags: ["nodejs_compat"],
  d1_databases: [{ binding: "DB", database_name: "claims", database_id: "claims" }],
};
const LONG = { lease: 3600 };

/** Serves D1 with workerd, in which it is experimental. */
async function servingD1(directory) {
  const served = await servingWorker(SETTINGS, directory, ["--experimental"]);
  await tell(served.address, "host", "run", sqliteSchema());
  return served;
}

suite("D1", () => {
  const served = whileServing(servingD1);
  const host = (method, ...args) => tell(served.address, "host", method, ...args);

  for (const { name } of contract) {
    test(name, () => runCase(served.address, "host", name));
  }

  test("the binding is taken as it is", async () => {
    const store = open(served.address, "binding", LONG);
    const { token } = await store.claim("as it is");
    assert.ok(Math.abs(token / 1e6 - Date.now() / 1000) < 600, "a token begins at the database's clock");
    assert.equal((await store.claim("as it is")).retryAfter, 3600);
    assert.equal(await store.complete("as it is", token), true);
    assert.deepEqual(await store.claim("as it is"), { state: "done" });
  });

  test("a session, which may read from a replica, and a binding that is missing are refused", async () => {
    const refusal = /TypeError: d1\(database\) needs a binding of Cloudflare D1, but got .*: is it in wrangler\.jsonc/;
    await assert.rejects(open(served.address, "session").claim("a"), refusal);
    await assert.rejects(open(served.address, "none").claim("a"), refusal);
  });

  test("two tables keep two services apart", async () => {
    await host("run", await host("schema", { table: "Other" }));
    const [one, other] = [open(served.address, "host"), open(served.address, "host", { table: "Other" })];
    const { token } = await one.claim("apart");
    assert.equal((await other.claim("apart")).seenBefore, false);
    assert.equal(await one.complete("apart", token), true);
    assert.equal((await other.claim("apart")).state, "busy");
  });

  test("without the table, claims and health say how to make it", async () => {
    const store = open(served.address, "host", { table: "missing" });
    await assert.rejects(store.claim("a"), /there is no table "missing" yet: run the SQL from sqliteSchema\(\) once/);
    await assert.rejects(store.health(), /store in D1 is not ready \(there is no table "missing" yet: .*\): see whether wrangler/);
  });

  test("a write whose answer is lost fails its call", async () => {
    const [lossy, store] = [open(served.address, "lossy", LONG), open(served.address, "host", LONG)];
    const key = randomUUID();
    await assert.rejects(lossy.claim(key), /Network connection lost/);
    assert.equal((await store.claim(key)).state, "busy");
    await assert.rejects(lossy.health(), /store in D1 is not ready \(D1_ERROR: Network connection lost\.\)/);
  });

  test("what need not be remembered any longer is deleted by later calls, ten by each", async () => {
    const table = "forgotten";
    await host("run", await host("schema", { table }));
    const store = open(served.address, "host", { table });
    for (let index = 0; index < 12; index += 1) {
      await store.claim(`old ${index}`);
    }
    await host("shift", 86_401);
    try {
      for (const [index, left] of [3, 2].entries()) {
        await store.claim(`new ${index}`);
        assert.equal((await host("all", `SELECT key FROM ${table}`)).length, left);
      }
    } finally {
      await host("shift", -86_401);
    }
  });
});

test("the table of the documentation is what sqliteSchema() makes", async () => {
  const types = join(dirname(createRequire(import.meta.url).resolve("docutray-webhook/package.json")), "idempotency/d1.d.ts");
  const [, found] = /^ \* ```sql\n(.*?)^ \* ```/ms.exec(await readFile(types, "utf8"));
  assert.equal(found.replace(/^ \* ?/gm, ""), sqliteSchema());
});

test("of all that claim one event at once, one gets it, and workerd, killed, loses nothing that it has answered", async () => {
  await withServers(servingD1, async (server) => {
    const first = await server();
    const store = open(first.address, "host", LONG);
    const keys = Array.from({ length: 10 }, () => randomUUID());
    const tokens = new Map();
    for (const key of keys) {
      const claims = (await Promise.all(Array(5).fill(key).map(store.claim))).filter(({ state }) => state === "claimed");
      assert.equal(claims.length, 1);
      tokens.set(key, claims[0].token);
    }
    await store.complete(keys[0], tokens.get(keys[0]));
    await first.kill();
    const next = open((await server()).address, "host", LONG);
    assert.deepEqual(await next.claim(keys[0]), { state: "done" });
    for (const key of keys.slice(1)) {
      assert.equal((await next.claim(key)).state, "busy");
      assert.equal(await next.complete(key, tokens.get(key)), true);
    }
  });
});
