import { valueKind } from "../value-kind.js";
import { callingStore } from "./claim-call.js";
import type { ClaimRecord } from "./claim-record.js";
import { storeOptions } from "./durations.js";
import { keyHashHex } from "./key-hash.js";
import type { SqliteOptions } from "./sqlite.js";
import { found, statements, tableName, withAdvice, type Bound, type Statements, type Value } from "./sqlite/statements.js";
import type { StoreWithHealth } from "./store.js";
import { carriedOutOn, type VersionedRecords } from "./versioned-records.js";

/** The parts of a `D1Database` that the store uses. */
export interface ClaimD1 {
  prepare(sql: string): ClaimD1Statement;
  batch(statements: never[]): Promise<readonly { readonly meta: { readonly changes?: number } }[]>;
  /** The store does not call it. It tells a database from a session, which has no such method. */
  exec(sql: string): Promise<unknown>;
}

interface ClaimD1Statement {
  bind(...values: Value[]): ClaimD1Statement;
  first(): Promise<object | null>;
}

const READINESS = {
  place: "D1",
  advice: "see whether wrangler.jsonc binds the database of this environment, and whether its table is as sqliteSchema() makes it",
};

/**
 * Keeps claims in one table of Cloudflare D1, for any number of Workers. The database's clock counts.
 *
 * ```ts
 * import { env } from "cloudflare:workers";
 *
 * const idempotency = d1(env.DB);
 * ```
 *
 * Create the table in a migration (`wrangler d1 migrations create DB claims`), with the SQL of `sqliteSchema()`:
 *
 * ```sql
 * CREATE TABLE IF NOT EXISTS "docutray_webhook_claims" (
 *   key TEXT PRIMARY KEY, -- SHA-256 of the event's key, in hexadecimal
 *   state TEXT NOT NULL CHECK (state IN ('claimed', 'released', 'done')),
 *   token INTEGER NOT NULL, -- of the latest claim, as all that follows
 *   lease INTEGER NOT NULL, -- in milliseconds
 *   lease_ends INTEGER NOT NULL, -- in milliseconds since 1970, as the next
 *   forget_after INTEGER NOT NULL,
 *   UNIQUE (forget_after, key)
 * );
 * ```
 *
 * Pass the binding and not a session of it (`withSession`): a session may read outdated data from a replica.
 *
 * Each call is one read, and one write if something changes. A call fails with D1's error. If the answer to a claim is lost,
 * nobody processes the event until the lease ends. Later calls delete expired rows, a few each.
 *
 * @throws `WebhookError` `invalid_config`, whose `field` names the option; `TypeError` if `database` is not such a binding.
 */
export function d1(database: ClaimD1, options: SqliteOptions = {}): StoreWithHealth {
  if (![database?.prepare, database?.batch, database?.exec].every((method) => typeof method === "function")) {
    throw new TypeError(
      `d1(database) needs a binding of Cloudflare D1, but got ${valueKind(database)}: ` +
        "is it in wrangler.jsonc, under this name and for this environment, and not a session?",
    );
  }
  const { own: table, ...durations } = storeOptions(options, { name: "table", check: tableName });
  const records = recordsOf(database, statements(table), table);
  return callingStore(durations, READINESS, async (key, call) => carriedOutOn(records, await keyHashHex(key), call));
}

function recordsOf(
  database: ClaimD1,
  { read, write, forget }: Statements,
  table: string,
): VersionedRecords<ClaimRecord | undefined> {
  const bound = ({ sql, values }: Bound) => database.prepare(sql).bind(...values);
  return {
    name: "D1",
    async read(key) {
      try {
        return found((await bound(read(key)).first())!);
      } catch (error) {
        throw withAdvice(error, table);
      }
    },
    async write(key, record, { version, now }) {
      const [, written] = await database.batch([bound(forget(now)), bound(write(key, record, version))] as never[]);
      return (written?.meta.changes ?? 0) > 0;
    },
  };
}
