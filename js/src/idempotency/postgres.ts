import { allChecked, invalidConfig, readOptions } from "../options.js";
import { storeOptions, type Durations, type StoreOptions } from "./durations.js";
import { checkHealth } from "./health.js";
import { statements, type Statements } from "./postgres/statements.js";
import type { Claim, StoreWithHealth } from "./store.js";

/** The table of a PostgreSQL store. */
export interface PostgresTable {
  /**
   * The table's name, or a schema's and the table's name with a dot between. Write them without quotes; case matters.
   * Default `docutray_webhook_claims`, in the first schema of the `search_path`. **Two services that receive the same events
   * and share one database need different tables.**
   */
  readonly table?: string | undefined;
}

/** The options of a PostgreSQL store. */
export interface PostgresOptions extends StoreOptions, PostgresTable {}

/** The parts of a `Pool` or `Client` of `pg`, or of a compatible client, that the store uses. */
export interface PostgresClient {
  query(text: string, values: unknown[]): Promise<{ rows: unknown[] }>;
}

/**
 * Keeps claims in one table of PostgreSQL 12 or newer, for any number of workers. The SQL from {@link postgresSchema} creates
 * the table. Workers need `SELECT`, `INSERT`, `UPDATE` and `DELETE` on it. You create and close the pool.
 *
 * ```ts
 * import { Pool } from "pg";
 * const pool = new Pool({ connectionTimeoutMillis: 3000, query_timeout: 3000 });
 * pool.on("error", console.error);
 *
 * const idempotency = postgres(pool);
 * ```
 *
 * With these options, a claim fails soon if the server does not answer, and Docutray is told to retry. A pool without an
 * `error` listener ends the process when the server becomes unreachable.
 *
 * Each call is one statement and must be its own transaction, so pass no client that is inside one: an uncommitted claim
 * makes others wait. The isolation level must be the default, `READ COMMITTED`. With a stricter one, some of several
 * concurrent claims fail.
 *
 * An answered call is on disk, unless `synchronous_commit` is off. A standby that takes over may lack the last calls, unless
 * it is synchronous. Events whose records it lacks are processed again, but tokens keep growing, unless its clock
 * is behind.
 *
 * Claims delete a few old rows each, so no other clean-up is needed.
 *
 * @throws `WebhookError` `invalid_config`, whose `field` names the option; `TypeError` if `pool` is not such a client.
 */
export function postgres(pool: PostgresClient, options: PostgresOptions = {}): StoreWithHealth {
  if (typeof pool?.query !== "function") {
    throw new TypeError("postgres(pool) needs a Pool or Client of the package `pg`: this has no method query");
  }
  const { own: table, ...durations } = storeOptions(options, { name: "table", check: tableName });
  return new PostgresStore(pool, table, durations);
}

/**
 * Returns the SQL that creates the table, to be run once, by hand or in a migration. It changes nothing if the table exists.
 * A named schema must exist.
 *
 * ```ts
 * await pool.query(postgresSchema());
 * ```
 *
 * @throws `WebhookError` `invalid_config`, whose `field` is `table`.
 */
export function postgresSchema(options: PostgresTable = {}): string {
  const { values, problems } = readOptions(options, ["table"]);
  const { table } = allChecked<{ table: string }>(problems, { table: () => tableName(values.table) });
  return statements(table).create;
}

/** In bytes. PostgreSQL truncates longer names, so two of them could become one table. */
const LONGEST_NAME = 63;

/** Returns the table's name, quoted for SQL. */
function tableName(table: unknown = "docutray_webhook_claims"): string {
  const names = typeof table === "string" ? table.split(".") : [];
  if (names.length < 1 || names.length > 2 || !names.every(isName)) {
    throw invalidConfig(
      "table",
      `has to be a table's name, or a schema's and a table's with a dot between, each of 1 to ${LONGEST_NAME} bytes`,
    );
  }
  return names.map((name) => `"${name.replaceAll('"', '""')}"`).join(".");
}

function isName(name: string): boolean {
  return name !== "" && !name.includes("\0") && new TextEncoder().encode(name).length <= LONGEST_NAME;
}

const READINESS = {
  place: "PostgreSQL",
  advice:
    "see whether the server can be reached and is no standby, whether the table is as postgresSchema() makes it, and " +
    "whether this user has SELECT, INSERT, UPDATE and DELETE on it",
};

class PostgresStore implements StoreWithHealth {
  readonly lease: number;
  readonly #remember: number;
  readonly #pool: PostgresClient;
  readonly #table: string;
  readonly #statements: Statements;

  constructor(pool: PostgresClient, table: string, { lease, remember }: Durations) {
    this.lease = lease;
    this.#remember = remember;
    this.#pool = pool;
    this.#table = table;
    this.#statements = statements(table);
  }

  async claim(key: string): Promise<Claim> {
    const id = crypto.randomUUID();
    const [row] = await this.#run(this.#statements.claim, key, id, this.lease, this.#remember);
    const { state, token, seen_before, seconds } = row as ClaimRow;
    switch (state) {
      case "claimed":
        return { state, token: Number(token), seenBefore: seen_before === "yes" };
      case "busy":
        return { state, retryAfter: Number(seconds) };
      case "done":
        return { state };
    }
  }

  async renew(key: string, token: number): Promise<boolean> {
    return (await this.#run(this.#statements.renew, key, token, this.lease, this.#remember)).length > 0;
  }

  async complete(key: string, token: number): Promise<boolean> {
    return (await this.#run(this.#statements.complete, key, token, this.#remember)).length > 0;
  }

  async release(key: string, token: number): Promise<boolean> {
    return (await this.#run(this.#statements.release, key, token, this.#remember)).length > 0;
  }

  health(): Promise<void> {
    return checkHealth(this, READINESS);
  }

  /** Passes the key as bytes, because PostgreSQL's text cannot contain a NUL. */
  async #run(statement: string, key: string, ...values: unknown[]): Promise<unknown[]> {
    try {
      const { rows } = await this.#pool.query(statement, [new TextEncoder().encode(key), ...values]);
      return rows;
    } catch (error) {
      throw isUndefinedTable(error) ? this.#withoutTable(error) : error;
    }
  }

  #withoutTable(cause: unknown): Error {
    return new Error(`there is no table ${this.#table} yet: run the SQL from postgresSchema() once`, { cause });
  }
}

/** All columns are text, whatever types the client is configured to parse. */
interface ClaimRow {
  readonly state: "claimed" | "busy" | "done";
  readonly token: string;
  readonly seen_before: "yes" | "no";
  readonly seconds: string;
}

/** Matches PostgreSQL's code for an undefined table. */
function isUndefinedTable(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "42P01";
}
