// The store in SQLite, in this process. `tests/idempotency` has several processes, and other libraries.
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { suite, test } from "node:test";
import { sqlite, sqliteSchema } from "docutray-webhook/idempotency";
import { holds } from "./holds.mjs";
import { hostOn, openDatabase } from "./sql.mjs";

holds(hostOn(sqlite, (database) => database));

const WRONG_NAMES = ["", "a b", 'a"b', "a.b", "1a", "sqlite_a", "SQLITE_a", "_cf_a", "_CF_a", "x".repeat(64), "é", null, 1];
const NAMES = ["Select", "a", "_", "a1", "a_sqlite_", "x".repeat(63)];

suite("SQLite", () => {
  test("a table's name is checked", () => {
    const database = openDatabase();
    for (const table of WRONG_NAMES) {
      assert.throws(() => sqlite(database, { table }), { code: "invalid_config", field: "table" });
      assert.throws(() => sqliteSchema({ table }), { code: "invalid_config", field: "table" });
    }
    assert.throws(() => sqliteSchema({ tabel: "a" }), { code: "invalid_config" });
  });

  test("a table may have any other name, and two keep two services apart", async () => {
    const database = openDatabase();
    for (const table of NAMES) {
      assert.ok(sqliteSchema({ table }).endsWith(");\n"));
      database.exec(sqliteSchema({ table }));
      const store = sqlite(database, { table });
      const { token, seenBefore } = await store.claim("apart");
      assert.equal(seenBefore, false);
      assert.equal(await store.complete("apart", token), true);
    }
    assert.equal((await sqlite(database).claim("apart")).state, "claimed");
  });

  test("without the table, claims and health say how to make it", async () => {
    const store = sqlite(openDatabase(), { table: "missing" });
    await assert.rejects(store.claim("a"), ({ message, cause }) => {
      assert.match(message, /there is no table "missing" yet: run the SQL from sqliteSchema\(\) once/);
      return /no such table/.test(cause.message);
    });
    await assert.rejects(store.health(), /store in SQLite is not ready \(there is no table "missing" yet: .*\): see whether the database/);
  });

  test("another error is not explained away", async () => {
    const database = openDatabase();
    const store = sqlite(database);
    database.close();
    await assert.rejects(store.claim("a"), (error) => !/there is no table/.test(error.message));
  });

  test("rows that are arrays of bigints are understood", async () => {
    const database = new DatabaseSync(":memory:", { returnArrays: true, readBigInts: true });
    database.exec(sqliteSchema());
    const store = sqlite(database);
    const { token } = await store.claim("a");
    assert.equal(typeof token, "number");
    assert.equal((await store.claim("a")).retryAfter, 60);
    assert.equal(await store.complete("a", token), true);
  });

  test("what need not be remembered any longer is deleted by later calls, ten by each", async () => {
    const database = openDatabase();
    const store = sqlite(database);
    for (let index = 0; index < 12; index += 1) {
      await store.claim(`old ${index}`);
    }
    database.exec("UPDATE docutray_webhook_claims SET forget_after = 1");
    const rows = () => database.prepare("SELECT key FROM docutray_webhook_claims").all().length;
    await store.claim("new");
    assert.equal(rows(), 3);
    await store.claim("newer");
    assert.equal(rows(), 2);
  });

  test("what another has written since a record was read is not written over", async () => {
    const database = openDatabase();
    const store = sqlite(database);
    await store.release("released", (await store.claim("released")).token);
    for (const key of ["new to it", "released"]) {
      const late = sqlite({ prepare: (sql) => withStaleRead(database, sql) });
      assert.equal((await late.claim(key)).state, "busy");
    }
  });

  test("what is no database, or one that answers later, is refused", () => {
    const get = () => ({ 1: 1 });
    const run = () => ({ changes: 1 });
    const others = [undefined, null, {}, "file.db", { prepare: () => undefined }, { prepare: () => ({ get }) }, { prepare: () => ({ run }) }];
    for (const row of [null, undefined, 1, Promise.resolve({ 1: 1 }), { 1: 2 }, {}]) {
      others.push({ prepare: () => ({ get: () => row, run }) });
    }
    for (const database of others) {
      const message = /sqlite\(database\) needs a DatabaseSync of `node:sqlite`, .* but got .*: for a binding of Cloudflare D1/;
      assert.throws(() => sqlite(database), { name: "TypeError", message });
    }
    for (const row of [{ 1: 1 }, [1n]]) {
      sqlite({ prepare: () => ({ get: () => row, run }) });
    }
  });
});

/** A statement whose first read comes before another worker claims the key. */
function withStaleRead(database, sql) {
  const statement = database.prepare(sql);
  if (!sql.startsWith("SELECT CAST")) {
    return statement;
  }
  return {
    get(key) {
      const row = statement.get(key);
      if (row.state !== "claimed") {
        const columns = `(key, state, token, lease, lease_ends, forget_after)`;
        const other = `'claimed', 9007199254740000, 60000, ${row.now} + 60000, ${row.now} + 86400000`;
        database.prepare(`INSERT OR REPLACE INTO docutray_webhook_claims ${columns} VALUES (?, ${other})`).run(key);
      }
      return row;
    },
    run: (...values) => statement.run(...values),
  };
}
