// A database of SQLite in memory, and the same with the interface of D1. Its clock can be shifted.
import { DatabaseSync } from "node:sqlite";
import { sqliteSchema } from "docutray-webhook/idempotency";
import { onClock } from "./sql-clock.mjs";

export function openDatabase() {
  const database = new DatabaseSync(":memory:");
  database.exec(sqliteSchema());
  return database;
}

/** A host of the contract. `open(database, options)` opens a store. */
export function hostOn(open, shifted) {
  const database = openDatabase();
  const clock = { ahead: 0 };
  return {
    open: (options) => open(onClock(shifted(database), clock), options),
    shift: (seconds) => void (clock.ahead += seconds),
    jumpsBack: true,
    sharing: true,
    async forget() {
      database.exec("DELETE FROM docutray_webhook_claims");
      // In the same millisecond, the clock would give the same token.
      await new Promise((resolve) => setTimeout(resolve, 2));
    },
  };
}

/** The interface of a `D1Database`. */
export function likeD1(database) {
  const statement = (sql, values = []) => ({
    bind: (...values) => statement(sql, values),
    first: async () => database.prepare(sql).get(...values) ?? null,
    run: () => ({ meta: { changes: Number(database.prepare(sql).run(...values).changes) } }),
  });
  return {
    prepare: (sql) => statement(sql),
    exec: async (sql) => database.exec(sql),
    async batch(statements) {
      database.exec("BEGIN");
      const results = statements.map((each) => each.run());
      database.exec("COMMIT");
      return results;
    },
  };
}
