import { allChecked, readOptions } from "../options.js";
import { valueKind } from "../value-kind.js";
import { callingStore } from "./claim-call.js";
import type { ClaimRecord } from "./claim-record.js";
import { storeOptions, type StoreOptions } from "./durations.js";
import { keyHashHex } from "./key-hash.js";
import { found, statements, tableName, withAdvice, type Bound, type Statements, type Value } from "./sqlite/statements.js";
import type { StoreWithHealth } from "./store.js";
import { carriedOutOn, type VersionedRecords } from "./versioned-records.js";

/** The table of a store in SQLite or D1. */
export interface SqliteTable {
  /**
   * The table's name: 1 to 63 letters, digits and underscores. Default `docutray_webhook_claims`. **Two services that receive
   * the same events and share one database need different ones.**
   */
  readonly table?: string | undefined;
}

/** The options of {@link sqlite} and `d1`. */
export interface SqliteOptions extends StoreOptions, SqliteTable {}

/** The parts that the store uses of a `DatabaseSync` of `node:sqlite`, or of a `Database` of `better-sqlite3` or `bun:sqlite`. */
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
 * Create the table once, when you deploy:
 *
 * ```ts
 * database.exec("PRAGMA journal_mode = WAL");
 * database.exec(sqliteSchema());
 * ```
 *
 * The machine's clock counts. SQLite cannot lock a file safely on a network drive: for several machines, use another store.
 *
 * Use a separate connection. If a connection is within a transaction that is rolled back, what the store wrote on it is lost.
 *
 * A call fails if others keep the file locked for 4 s. While it waits, the process continues with other work, except during
 * `busy_timeout` (in milliseconds), in which SQLite blocks the process. The default of `better-sqlite3` is 5,000.
 *
 * An answered call is on disk, unless the pragma `synchronous` is `OFF`, or `NORMAL` with `journal_mode = WAL`.
 *
 * Later calls delete expired rows, a few each. No other clean-up is needed.
 *
 * @throws `WebhookError` `invalid_config`, whose `field` names the option; `TypeError` if `database` is not such a database.
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
 * Returns the SQL that creates the table of {@link sqlite} and {@link d1}: one statement, to be run once, by hand or in a
 * migration. It changes nothing if the table exists.
 *
 * @throws `WebhookError` `invalid_config`, whose `field` is `table`.
 */
export function sqliteSchema(options: SqliteTable = {}): string {
  const { values, problems } = readOptions(options, ["table"]);
  const { table } = allChecked<{ table: string }>(problems, { table: () => tableName(values.table) });
  return `${statements(table).create};\n`;
}

/** Asynchronous libraries have a method `prepare`, too, but their statements return no rows. */
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

/** Prepares a statement for each call, since the table may be created after the store. */
function recordsOf(
  database: SqliteDatabase,
  { read, write, forget }: Statements,
  table: string,
): VersionedRecords<ClaimRecord | undefined> {
  function run({ sql, values }: Bound): boolean {
    // `run` also reports an error of the commit. `get` with RETURNING would stop at the first row, before the commit.
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
