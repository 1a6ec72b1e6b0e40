import { allChecked, readOptions } from "../options.js";
import { valueKind } from "../value-kind.js";
import { callingStore } from "./claim-call.js";
import type { ClaimRecord } from "./claim-record.js";
import { storeOptions, type StoreOptions } from "./durations.js";
import { keyHashHex } from "./key-hash.js";
import { found, statements, tableName, withAdvice, type Bound, type Statements, type Value } from "./sqlite/statements.js";
import type { StoreWithHealth } from "./store.js";
import { carriedOutOn, type VersionedRecords } from "./versioned-records.js";

/** Where a store in SQLite or D1 keeps claims. */
export interface SqliteTable {
  /**
   * The table's name: 1 to 63 letters, digits and underscores. Default `docutray_webhook_claims`. **Two services that receive
   * the same events and share one database need different ones.**
   */
  readonly table?: string | undefined;
}

/** How a store in SQLite or D1 keeps claims, and where. */
export interface SqliteOptions extends StoreOptions, SqliteTable {}

/** As much as is used of a `DatabaseSync` of `node:sqlite`, or of a `Database` of `better-sqlite3` or `bun:sqlite`. */
export interface SqliteDatabase {
  prepare(sql: string): SqliteStatement;
}

interface SqliteStatement {
  get(...values: Value[]): unknown;
  run(...values: Value[]): { readonly changes: number | bigint };
}

const READINESS = {
  place: "SQLite",
  advice: "see whether the database is open, whether its file may be written, and whether its table is as sqliteSchema() makes it",
};

/**
 * Keeps claims in one table of SQLite 3.24 or newer, for the processes of one machine that share a file.
 *
 * ```ts
 * import { DatabaseSync } from "node:sqlite";                 // or `better-sqlite3`, or `bun:sqlite`
 * const database = new DatabaseSync("/var/lib/service/claims.db");
 * database.exec("PRAGMA busy_timeout = 50");
 *
 * const idempotency = sqlite(database);
 * ```
 *
 * and once, when it is deployed:
 *
 * ```ts
 * database.exec("PRAGMA journal_mode = WAL");
 * database.exec(sqliteSchema());
 * ```
 *
 * The clock is the machine's, as SQLite reads it. A file on a network drive, which SQLite cannot lock safely, is no place for
 * it: machines that share a store need one of the others.
 *
 * Give it a connection of its own: what it writes on one that has begun a transaction is lost if that is rolled back. A call
 * waits up to 4 s for others that write to the file, and then fails. Meanwhile the process does other work, except for the
 * `busy_timeout`, in milliseconds, in which SQLite itself waits: `better-sqlite3` begins with 5,000. What was answered is on disk, unless the pragma
 * `synchronous` is `OFF`, or `NORMAL` with `journal_mode = WAL`.
 *
 * Rows that need not be remembered any longer are deleted by later calls, a few by each: nothing else has to run.
 *
 * @throws {@link WebhookError} `invalid_config`, whose `field` names the option; `TypeError` for what is no such database.
 */
export function sqlite(database: SqliteDatabase, options: SqliteOptions = {}): StoreWithHealth {
  if (!isSynchronous(database)) {
    throw new TypeError(
      "sqlite(database) needs a DatabaseSync of `node:sqlite`, or a Database of `better-sqlite3` or `bun:sqlite`, but got " +
        `${valueKind(database)}: for a binding of Cloudflare D1 there is d1(database)`,
    );
  }
  const { own: table, ...durations } = storeOptions(options, { name: "table", check: tableName });
  const records = recordsOf(database, statements(table), table);
  return callingStore(durations, READINESS, async (key, call) => carriedOutOn(records, await keyHashHex(key), call));
}

/**
 * The table of {@link sqlite} and {@link d1}, as one statement of SQL to be run once, by hand or by a migration; where it is
 * there already, nothing changes.
 *
 * @throws {@link WebhookError} `invalid_config`, whose `field` is `table`.
 */
export function sqliteSchema(options: SqliteTable = {}): string {
  const { values, problems } = readOptions(options, ["table"]);
  const { table } = allChecked<{ table: string }>(problems, { table: () => tableName(values.table) });
  return `${statements(table).create};\n`;
}

/** Others also have a method `prepare`, whose statements answer later. */
function isSynchronous(database: SqliteDatabase): boolean {
  if (typeof database?.prepare !== "function") {
    return false;
  }
  const statement: Partial<SqliteStatement> | undefined = database.prepare("SELECT 1");
  if (typeof statement?.get !== "function" || typeof statement.run !== "function") {
    return false;
  }
  const row = statement.get();
  return typeof row === "object" && row !== null && Number(Object.values(row)[0]) === 1;
}

/** A statement is prepared for each call: kept, it would hold on to a table that may be dropped. */
function recordsOf(
  database: SqliteDatabase,
  { read, write, forget }: Statements,
  table: string,
): VersionedRecords<ClaimRecord | undefined> {
  function run({ sql, values }: Bound): boolean {
    // To its end: a statement that is left at its first row may fail to commit, and nobody would know.
    return Number(database.prepare(sql).run(...values).changes) > 0;
  }
  return {
    name: "SQLite",
    async read(key) {
      const { sql, values } = read(key);
      try {
        return found(database.prepare(sql).get(...values) as object);
      } catch (error) {
        throw withAdvice(error, table);
      }
    },
    async write(key, record, { version, now }) {
      run(forget(now));
      return run(write(key, record, version));
    },
  };
}
