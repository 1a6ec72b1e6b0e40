// The store in PostgreSQL, on a server that `run.mjs` has started, whose clock stands.
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { postgres, postgresSchema } from "docutray-webhook/idempotency";
import pg from "pg";
import { holds } from "./holds.mjs";

/** Of this process alone, since others have the same server. */
const table = `claims_${process.pid}`;
const pool = new pg.Pool({ connectionString: process.env.POSTGRES_URL, max: 4 });
before(() => pool.query(`DROP TABLE IF EXISTS ${table}; ${postgresSchema({ table })}`));
after(async () => {
  await pool.query(`DROP TABLE ${table}`);
  await pool.end();
});

holds({
  open: (options) => postgres(pool, { ...options, table }),
  sharing: true,
  without: { shift: "others have the same server", jumpsBack: "the same", forget: "the same" },
});

/** A pool that keeps what it is asked, and answers with these rows. */
function answering(...rows) {
  const asked = [];
  return { asked, query: async (text, values) => (asked.push({ text, values }), { rows }) };
}

suite("PostgreSQL", () => {
  test("keys are passed as bytes, and durations in seconds", async () => {
    const pool = answering({ state: "done" });
    const store = postgres(pool, { lease: 7, remember: 5000 });
    await store.claim("é\0");
    await store.renew("é\0", 1);
    await store.complete("é\0", 1);
    await store.release("é\0", 1);
    const key = new TextEncoder().encode("é\0");
    const [claim, ...others] = pool.asked.map(({ values }) => values);
    assert.match(claim[1], /^[0-9a-f-]{36}$/);
    assert.deepEqual(claim, [key, claim[1], 7, 5000]);
    assert.deepEqual(others, [[key, 1, 7, 5000], [key, 1, 5000], [key, 1, 5000]]);
  });

  test("a token is a number, and no row means that the claim is lost", async () => {
    const claimed = { state: "claimed", token: "7", seen_before: "yes", seconds: "1" };
    assert.deepEqual(await postgres(answering(claimed)).claim("a"), { state: "claimed", token: 7, seenBefore: true });
    assert.deepEqual(await postgres(answering({ ...claimed, seen_before: "no" })).claim("a"), { state: "claimed", token: 7, seenBefore: false });
    assert.deepEqual(await postgres(answering({ state: "busy", seconds: "3" })).claim("a"), { state: "busy", retryAfter: 3 });
    const none = postgres(answering());
    assert.deepEqual([await none.renew("a", 1), await none.complete("a", 1), await none.release("a", 1)], [false, false, false]);
  });

  test("a table may have any name, quoted in the statements", async () => {
    const names = {
      claims: '"claims"',
      "plain.claims": '"plain"."claims"',
      'odd "schema".a"b': '"odd ""schema"""."a""b"',
      ["é".repeat(31) + "x"]: `"${"é".repeat(31)}x"`,
    };
    for (const [name, quoted] of Object.entries(names)) {
      assert.ok(postgresSchema({ table: name }).startsWith(`CREATE TABLE IF NOT EXISTS ${quoted} (`));
      const pool = answering({ state: "done" });
      await postgres(pool, { table: name }).claim("a");
      assert.ok(pool.asked[0].text.includes(`INSERT INTO ${quoted} AS kept`));
    }
    assert.ok(postgresSchema().startsWith('CREATE TABLE IF NOT EXISTS "docutray_webhook_claims" ('));
  });

  test("a wrong name of a table is refused", () => {
    for (const table of ["", ".", "a.", ".b", "a.b.c", "a\0b", "x".repeat(64), `a.${"é".repeat(32)}`, null, 1, ["a"]]) {
      assert.throws(() => postgres(pool, { table }), { name: "WebhookError", code: "invalid_config", field: "table" });
      assert.throws(() => postgresSchema({ table }), { name: "WebhookError", code: "invalid_config", field: "table" });
    }
    assert.throws(() => postgresSchema({ tabel: "a" }), { code: "invalid_config" });
  });

  test("without the table, the error says how to create it", async () => {
    const store = postgres(pool, { table: "public.missing" });
    await assert.rejects(store.claim("a"), ({ message, cause }) => {
      assert.match(message, /there is no table "public"\."missing" yet: run the SQL from postgresSchema\(\) once/);
      return cause.code === "42P01";
    });
    await assert.rejects(store.health(), /store in PostgreSQL is not ready \(there is no table .*\): see whether the server/);
  });

  test("another error is the call's", async () => {
    for (const error of [new Error("it is away"), Object.assign(new Error("denied"), { code: "42501" }), "text", null, undefined]) {
      const failing = postgres({ query: () => Promise.reject(error) });
      const thrown = await failing.claim("a").then(() => assert.fail("it has an answer"), (thrown) => thrown);
      assert.equal(thrown, error);
    }
  });

  test("what is no client is refused", () => {
    for (const client of [undefined, null, {}, "postgres://127.0.0.1"]) {
      assert.throws(() => postgres(client), { name: "TypeError", message: /`pg`/ });
    }
  });
});
