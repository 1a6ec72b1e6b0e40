import { invalidConfig } from "../../options.js";
import type { ClaimRecord } from "../claim-record.js";
import type { Found } from "../versioned-records.js";

/** The type of a statement's values. */
export type Value = string | number | null;

/** A statement with its values, in their order. */
export interface Bound {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** SQL of SQLite and D1, for one table. */
export interface Statements {
  readonly create: string;
  /** Always results in one row: the time, and the record if there is one. */
  read(key: string): Bound;
  /** Changes one row if the record is still as it was found, and none otherwise. */
  write(key: string, record: ClaimRecord, found: ClaimRecord | undefined): Bound;
  /** Deletes some of the rows that have expired. */
  forget(now: number): Bound;
}

/**
 * The database's clock, in milliseconds since 1970. 2440587.5 is the Julian day of 1970-01-01. Newer versions have
 * `unixepoch('subsec')`.
 */
const NOW = "CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)";

const COLUMNS = ["state", "token", "lease", "lease_ends", "forget_after"] as const;

/** @param table - The table's name, from {@link tableName}. */
export function statements(table: string): Statements {
  // The index is declared as a constraint, so that one statement makes everything.
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

/** In the order of the columns. NULLs if there is no record: they are equal to nothing. */
function values(record: ClaimRecord | undefined): readonly Value[] {
  return record === undefined
    ? COLUMNS.map(() => null)
    : [record.state, record.token, record.lease, record.leaseEnds, record.forgetAfter];
}

/** Reads the row of `read`. Depending on the connection's settings, it is an object or an array, with numbers or `bigint`s. */
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

/** SQLite reserves the prefix `sqlite_`, and D1 `_cf_`. */
const NAME = /^(?!sqlite_|_cf_)[A-Za-z_][A-Za-z0-9_]{0,62}$/i;

/** Returns the name quoted for SQL. */
export function tableName(table: unknown = "docutray_webhook_claims"): string {
  if (typeof table !== "string" || !NAME.test(table)) {
    throw invalidConfig(
      "table",
      "has to be a table's name: 1 to 63 letters, digits and underscores, no digit first, not `sqlite_` or `_cf_` first",
    );
  }
  return `"${table}"`;
}

/** Replaces SQLite's error for a missing table with one that says how to create it. */
export function withAdvice(error: unknown, table: string): unknown {
  const isMissing = error instanceof Error && /no such table/.test(error.message);
  return isMissing ? new Error(`there is no table ${table} yet: run the SQL from sqliteSchema() once`, { cause: error }) : error;
}
