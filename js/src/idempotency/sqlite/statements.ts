import { invalidConfig } from "../../options.js";
import type { ClaimRecord } from "../claim-record.js";
import type { Found } from "../versioned-records.js";

/** What a statement takes. */
export type Value = string | number | null;

/** A statement with its values, in their order. */
export interface Bound {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** SQL of SQLite and D1, for one table. */
export interface Statements {
  readonly create: string;
  /** Gives one row in any case: the time, and the record where there is one. */
  read(key: string): Bound;
  /** Changes a row where the record is as it was found, and none otherwise. */
  write(key: string, record: ClaimRecord, found: ClaimRecord | undefined): Bound;
  /** Deletes some rows that need not be remembered any longer. */
  forget(now: number): Bound;
}

/**
 * Milliseconds since 1970, by the database's clock. A Julian day is a double, which is exact to a twentieth of a millisecond.
 * 2440587.5 is the day of 1970-01-01.
 */
const NOW = "CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)";

const COLUMNS = ["state", "token", "lease", "lease_ends", "forget_after"] as const;

/** @param table - Its name, checked by {@link tableName}. */
export function statements(table: string): Statements {
  // The index comes as a constraint, so that all of it is one statement.
  const create = `CREATE TABLE IF NOT EXISTS ${table} (
  key TEXT PRIMARY KEY, -- SHA-256 of the event's key, in hexadecimal
  state TEXT NOT NULL CHECK (state IN ('claimed', 'released', 'done')),
  token INTEGER NOT NULL, -- of the latest claim, as all that follows
  lease INTEGER NOT NULL, -- in milliseconds
  lease_ends INTEGER NOT NULL, -- in milliseconds since 1970, as the next
  forget_after INTEGER NOT NULL,
  UNIQUE (forget_after, key)
)`;
  const read = `SELECT ${NOW} AS now, ${COLUMNS.join(", ")}
FROM (SELECT ? AS asked) LEFT JOIN ${table} ON key = asked`;
  const write = `INSERT INTO ${table} (key, ${COLUMNS.join(", ")}) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(", ")}
WHERE ${COLUMNS.map((column) => `${table}.${column} = ?`).join(" AND ")}`;
  const forget = `DELETE FROM ${table}
WHERE key IN (SELECT key FROM ${table} WHERE forget_after <= ? ORDER BY forget_after LIMIT 10)`;
  return {
    create,
    read: (key) => ({ sql: read, values: [key] }),
    write: (key, record, found) => ({ sql: write, values: [key, ...values(record), ...values(found)] }),
    forget: (now) => ({ sql: forget, values: [now] }),
  };
}

/** In the order of the columns; of no record NULLs, which equal nothing. */
function values(record: ClaimRecord | undefined): readonly Value[] {
  return record === undefined
    ? COLUMNS.map(() => null)
    : [record.state, record.token, record.lease, record.leaseEnds, record.forgetAfter];
}

/** What the row says that `read` gives. A connection may give rows as objects or arrays, and numbers as `bigint`. */
export function found(row: object): Found<ClaimRecord | undefined> {
  const [now, state, token, lease, leaseEnds, forgetAfter] = Object.values(row) as unknown[];
  const record =
    state === null
      ? undefined
      : {
          state: state as ClaimRecord["state"],
          token: Number(token),
          lease: Number(lease),
          leaseEnds: Number(leaseEnds),
          forgetAfter: Number(forgetAfter),
        };
  return { record, version: record, now: Number(now) };
}

/** SQLite keeps `sqlite_` for itself, and D1 `_cf_`. */
const NAME = /^(?!sqlite_|_cf_)[A-Za-z_][A-Za-z0-9_]{0,62}$/i;

/** Quoted, for SQL. */
export function tableName(table: unknown = "docutray_webhook_claims"): string {
  if (typeof table !== "string" || !NAME.test(table)) {
    throw invalidConfig(
      "table",
      "has to be a table's name: 1 to 63 letters, digits and underscores, no digit first, not `sqlite_` or `_cf_` first",
    );
  }
  return `"${table}"`;
}

/** SQLite's word for a table that is not there. */
export function withAdvice(error: unknown, table: string): unknown {
  const isMissing = error instanceof Error && /no such table/.test(error.message);
  return isMissing ? new Error(`there is no table ${table} yet: run what sqliteSchema() gives, once`, { cause: error }) : error;
}
