// Tests the store in SQLite with each library that it accepts.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { suite, test } from "node:test";
import { contract } from "./contract.mjs";
import { open, runCase, tell } from "./runtimes/ask.mjs";
import { whileServing, withServers } from "./runtimes/places.mjs";
import { LIBRARIES, servingSqlite } from "./runtimes/sqlite/sqlite.mjs";

for (const library of LIBRARIES) {
  suite(library, () => {
    const served = whileServing((directory) => servingSqlite(library, directory));
    const host = (method, ...args) => tell(served.address, "host", method, ...args);

    for (const { name } of contract) {
      test(name, () => runCase(served.address, "host", name));
    }

    test("the table can be made again and again, and keeps what is in it", async () => {
      const store = open(served.address, "host");
      await store.complete("kept", (await store.claim("kept")).token);
      await host("run", await host("schema"));
      assert.deepEqual(await store.claim("kept"), { state: "done" });
    });

    test("two tables keep two services apart", async () => {
      const table = "Select";
      await host("run", await host("schema", { table }));
      const [one, other] = [open(served.address, "host"), open(served.address, "host", { table })];
      const { token } = await one.claim("apart");
      assert.equal((await other.claim("apart")).seenBefore, false);
      assert.equal(await one.complete("apart", token), true);
      assert.equal((await other.claim("apart")).state, "busy");
    });

    test("without the table, claims and health say how to make it", async () => {
      const store = open(served.address, "host", { table: "missing" });
      await assert.rejects(store.claim("a"), /there is no table "missing" yet: run the SQL from sqliteSchema\(\) once/);
      await assert.rejects(store.health(), /store in SQLite is not ready \(there is no table "missing" yet: .*\): see whether/);
    });

    test("a database that takes no writes is not healthy", async () => {
      await assert.rejects(open(served.address, "readOnly").health(), /is not ready \(.*readonly database\): see whether .* may be written/);
    });

    test("what need not be remembered any longer is deleted by later calls, ten by each", async () => {
      const table = "forgotten";
      await host("run", await host("schema", { table }));
      const store = open(served.address, "host", { table });
      for (let index = 0; index < 25; index += 1) {
        await store.complete(`old ${index}`, (await store.claim(`old ${index}`)).token);
      }
      const rows = async () => (await host("all", `SELECT key FROM ${table}`)).length;
      assert.equal(await rows(), 25);
      await host("shift", 86_401);
      try {
        for (const [index, left] of [16, 7, 3].entries()) {
          await store.claim(`new ${index}`);
          assert.equal(await rows(), left);
        }
      } finally {
        await host("shift", -86_401);
      }
    });

    test("a file that another writes to is waited for", async () => {
      await host("locked", 300);
      assert.equal((await open(served.address, "host").claim(randomUUID())).state, "claimed");
    });

    test("what is no table's name is refused", async () => {
      for (const table of ["", "a b", 'a"b', "a.b", "1a", "sqlite_a", "_cf_a", "x".repeat(64), "é", null, 1]) {
        await assert.rejects(open(served.address, "host", { table }).claim("a"), /invalid_config: table has to be/);
        await assert.rejects(host("schema", { table }), /invalid_config: table has to be/);
      }
    });

    test("what is no database, or one that answers later, is refused", async () => {
      for (const name of ["later", "none", "path"]) {
        await assert.rejects(open(served.address, name).claim("a"), /TypeError: sqlite\(database\) needs a DatabaseSync of `node:sqlite`/);
      }
    });

    test("what another has written since a record was read is not written over", async () => {
      const [late, other] = ["late", "host"].map((name) => open(served.address, name, { lease: 3600 }));
      for (const key of ["new to it", "released"]) {
        if (key === "released") {
          await other.release(key, (await other.claim(key)).token);
        }
        const { token } = await late.claim(key);
        await other.release(key, token);
        const next = await other.claim(key);
        assert.equal((await late.claim(key)).state, "busy");
        assert.equal(await other.complete(key, next.token), true);
      }
    });

    test("a process that is killed leaves what it had claimed and done to the next", async () => {
      await withServers((directory) => servingSqlite(library, directory), async (server) => {
        const [killed, left] = [await server(), await server()];
        const [doomed, store] = [killed, left].map(({ address }) => open(address, "host", { lease: 3600 }));
        await doomed.complete("done", (await doomed.claim("done")).token);
        const { token } = await doomed.claim("claimed");
        await killed.kill();
        assert.deepEqual(await store.claim("done"), { state: "done" });
        assert.equal((await store.claim("claimed")).state, "busy");
        await tell(left.address, "host", "shift", 3601);
        const claim = await store.claim("claimed");
        assert.deepEqual(claim, { state: "claimed", token: claim.token, seenBefore: true });
        assert.ok(claim.token > token);
      });
    });
  });
}

suite("whatever a library was told to make of rows", () => {
  const served = whileServing((directory) => servingSqlite("node:sqlite", directory));

  for (const name of ["arrays", "bigints"]) {
    test(`${name} are understood`, async () => {
      const store = open(served.address, name);
      const { token } = await store.claim(name);
      assert.equal(typeof token, "number");
      assert.equal((await store.claim(name)).retryAfter, 60);
      assert.equal(await store.renew(name, token), true);
      assert.equal(await store.complete(name, token), true);
      assert.deepEqual(await store.claim(name), { state: "done" });
    });
  }
});
