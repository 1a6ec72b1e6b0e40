import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { postgres, postgresSchema } from "docutray-webhook/idempotency";
import pg from "pg";
import { holds, PATIENCE } from "./holds.mjs";
import { startPostgres } from "./servers.mjs";

describe("PostgreSQL", { timeout: PATIENCE }, () => {
  let server, pool;
  before(async () => {
    server = await startPostgres({ clock: true });
    pool = new pg.Pool({ connectionString: server.url });
    await pool.query(postgresSchema());
  });
  after(async () => {
    await pool?.end();
    await server?.end();
  });

  describe("a pool", () => {
    holds({
      open: (options) => postgres(pool, options),
      shift: (seconds) => server.shift(seconds),
      jumpsBack: true,
      forget: () => pool.query("TRUNCATE docutray_webhook_claims"),
      sharing: true,
    });
  });

  describe("one client", () => {
    let client;
    before(async () => {
      client = new pg.Client({ connectionString: server.url });
      await client.connect();
    });
    after(() => client?.end());
    holds({
      open: (options) => postgres(client, options),
      shift: (seconds) => server.shift(seconds),
      jumpsBack: true,
      forget: () => client.query("TRUNCATE docutray_webhook_claims"),
      sharing: true,
    });
  });
});

describe("only PostgreSQL:", { timeout: PATIENCE }, () => {
  let server, pool;
  before(async () => {
    server = await startPostgres({ clock: true });
    // A statement that waits for a lock fails after this time.
    pool = new pg.Pool({ connectionString: server.url, query_timeout: 30_000 });
  });
  after(async () => {
    await pool?.end();
    await server?.end();
  });

  const rows = async (table) => Number((await pool.query(`SELECT count(*) FROM ${table}`)).rows[0].count);

  test("creating the table again keeps its rows", async () => {
    await pool.query(postgresSchema());
    const store = postgres(pool);
    await store.complete("kept", (await store.claim("kept")).token);
    await pool.query(postgresSchema());
    assert.deepEqual(await store.claim("kept"), { state: "done" });
  });

  test("a table may have any name, in any schema", async () => {
    await pool.query(`CREATE SCHEMA "odd ""schema"""; CREATE SCHEMA plain`);
    const names = [
      "claims",
      "plain.claims",
      "Claims",
      'odd "schema".a"b',
      "select",
      "x; DROP TABLE claims",
      "$1",
      "é".repeat(31) + "x",
    ];
    for (const table of names) {
      await pool.query(postgresSchema({ table }));
      const store = postgres(pool, { table });
      const { token, seenBefore } = await store.claim("named");
      assert.equal(seenBefore, false, table);
      assert.equal(await store.renew("named", token), true);
      assert.equal(await store.release("named", token), true);
      assert.equal(await store.complete("named", (await store.claim("named")).token), true);
    }
    const store = postgres(pool, { table: "claims" });
    assert.deepEqual(await store.claim("named"), { state: "done" });
  });

  test("an invalid table name is refused", () => {
    const wrong = ["", ".", "a.", ".b", "a.b.c", "a\0b", "x".repeat(64), `a.${"é".repeat(32)}`, null, 1, ["a"]];
    for (const table of wrong) {
      const refusal = { name: "WebhookError", code: "invalid_config", field: "table" };
      assert.throws(() => postgres(pool, { table }), refusal);
      assert.throws(() => postgresSchema({ table }), refusal);
    }
  });

  test("without the table, the error says how to create it", async () => {
    const store = postgres(pool, { table: "plain.missing" });
    await assert.rejects(store.claim("key"), { message: /"plain"\."missing".*postgresSchema\(\)/ });
    await assert.rejects(store.renew("key", 1), /postgresSchema/);
    await assert.rejects(store.health(), /store in PostgreSQL is not ready \(there is no table "plain"\."missing" yet: .*\): see whether/);
  });

  test("health tells a user who may only read", async () => {
    await pool.query(postgresSchema());
    await pool.query("CREATE ROLE reader LOGIN; GRANT SELECT ON docutray_webhook_claims TO reader");
    const reader = new pg.Pool({ connectionString: server.url.replace("postgres@", "reader@") });
    try {
      await assert.rejects(postgres(reader).health(), /is not ready \(permission denied .*\): .* INSERT, UPDATE and DELETE on it/);
    } finally {
      await reader.end();
    }
    await postgres(pool).health();
  });

  test("later claims delete rows past `remember`, a few each", async () => {
    const table = "forgotten";
    await pool.query(postgresSchema({ table }));
    const store = postgres(pool, { table });
    const keys = Array.from({ length: 50 }, (_, index) => `old ${index}`);
    await Promise.all(keys.map(async (key) => store.complete(key, (await store.claim(key)).token)));
    await server.shift(86_401);
    await store.claim("new 1");
    const left = await rows(table);
    assert.ok(left > 1 && left < 51, `${left} rows are left`);
    for (let claims = 2; (await rows(table)) > claims - 1; claims += 1) {
      assert.ok(claims < 50, "they are never gone");
      await store.claim(`new ${claims}`);
    }
    await server.shift(-86_401);
  });

  test("locked rows are not deleted and not waited for", async () => {
    const table = "locked";
    await pool.query(postgresSchema({ table }));
    const store = postgres(pool, { table });
    await store.claim("old");
    const holder = await pool.connect();
    try {
      await holder.query(`BEGIN; SELECT FROM ${table} FOR UPDATE`);
      await server.shift(86_401);
      assert.equal((await store.claim("new")).state, "claimed");
      assert.equal(await rows(table), 2);
      await holder.query("COMMIT");
      await store.claim("newer");
      assert.equal(await rows(table), 2, "the old one is gone");
    } finally {
      holder.release(true);
      await server.shift(-86_401);
    }
  });

  test("all old keys can be claimed while others delete them", async () => {
    const table = "recycled";
    await pool.query(postgresSchema({ table }));
    const store = postgres(pool, { table });
    const keys = Array.from({ length: 30 }, (_, index) => `old ${index}`);
    for (let round = 0; round < 5; round += 1) {
      const claims = await Promise.all(keys.map((key) => store.claim(key)));
      assert.ok(claims.every(({ state, seenBefore }) => state === "claimed" && !seenBefore));
      await server.shift(86_401);
    }
    await server.shift(-5 * 86_401);
  });

  test("tokens are numbers, whatever `pg` is configured to parse numbers as", async () => {
    for (const parsed of [Number, BigInt, String]) {
      const types = {
        getTypeParser: (id, format) => (id === 20 || id === 23 ? parsed : pg.types.getTypeParser(id, format)),
      };
      const client = new pg.Client({ connectionString: server.url, types });
      await client.connect();
      try {
        const store = postgres(client);
        const key = `parsed as ${parsed.name}`;
        const claim = await store.claim(key);
        assert.equal(typeof claim.token, "number");
        assert.equal(typeof (await store.claim(key)).retryAfter, "number");
        assert.equal(await store.complete(key, claim.token), true);
      } finally {
        await client.end();
      }
    }
  });

  test("anything but a client is refused at once", () => {
    for (const client of [undefined, null, {}, "postgres://127.0.0.1"]) {
      assert.throws(() => postgres(client), { name: "TypeError", message: /`pg`/ });
    }
  });
});
