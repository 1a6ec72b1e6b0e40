// The store in D1, on SQLite in this process with the interface of D1. `tests/idempotency` has the real one.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { d1 } from "docutray-webhook/idempotency";
import { holds } from "./holds.mjs";
import { hostOn, likeD1, openDatabase } from "./sql.mjs";

holds(hostOn(d1, likeD1));

suite("D1", () => {
  test("without the table, claims and health say how to make it", async () => {
    const store = d1(likeD1(openDatabase()), { table: "missing" });
    await assert.rejects(store.claim("a"), /there is no table "missing" yet: run the SQL from sqliteSchema\(\) once/);
    await assert.rejects(store.health(), /store in D1 is not ready \(there is no table "missing" yet: .*\): see whether wrangler/);
  });

  test("another call that came first is noticed, even if only a row was deleted", async () => {
    for (const meta of [{ changes: 0 }, {}]) {
      const binding = likeD1(openDatabase());
      let writes = 0;
      const batch = async (statements) => ((writes += 1), writes < 3 ? [{ meta: { changes: 1 } }, { meta }] : binding.batch(statements));
      assert.equal((await d1({ ...binding, batch }).claim("a")).state, "claimed");
      assert.equal(writes, 3);
    }
  });

  test("what need not be remembered any longer is deleted before a write", async () => {
    const database = openDatabase();
    const store = d1(likeD1(database));
    await store.claim("old");
    database.exec("UPDATE docutray_webhook_claims SET forget_after = 1");
    await store.claim("new");
    assert.equal(database.prepare("SELECT key FROM docutray_webhook_claims").all().length, 1);
  });

  test("a session and a binding that is missing are refused", () => {
    const { prepare, batch, exec } = likeD1(openDatabase());
    for (const binding of [undefined, null, { prepare, batch }, { prepare, exec }, { batch, exec }]) {
      assert.throws(() => d1(binding), { name: "TypeError", message: /needs a binding of Cloudflare D1, but got .*: is it in wrangler/ });
    }
  });
});
