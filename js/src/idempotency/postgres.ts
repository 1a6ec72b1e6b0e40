import { allChecked, invalidConfig, readOptions } from "../options.js";
import { storeOptions, type Durations, type StoreOptions } from "./durations.js";
import { checkHealth } from "./health.js";
import { statements, type Statements } from "./postgres/statements.js";
import type { Claim, StoreWithHealth } from "./store.js";

/** Where a PostgreSQL store keeps claims. */
export interface PostgresTable {
  /**
   * The table's name, or a schema's and the table's with a dot between, each as it is, upper and lower case apart and
   * without quotes. Default `docutray_webhook_claims`, in the first schema of the `search_path`. **Two services that
   * receive the same events and share one database need different ones.**
   */
  readonly table?: string | undefined;
}

/** How a PostgreSQL store keeps claims, and where. */
export interface PostgresOptions extends StoreOptions, PostgresTable {}

/** What is used of a `Pool` or a `Client` of `pg`, and of what behaves like one. */
export interface PostgresClient {
  query(text: string, values: unknown[]): Promise<{ rows: unknown[] }>;
}

/**
 * Keeps claims in one table of PostgreSQL 12 or newer, for any number of workers. The table is made by what
 * {@link postgresSchema} gives; workers need `SELECT`, `INSERT`, `UPDATE` and `DELETE` on it. The pool is yours.
 *
 * ```ts
 * import { Pool } from "pg";
 * const pool = new Pool({ connectionTimeoutMillis: 3000, query_timeout: 3000 });
 * pool.on("error", console.error);
 *
 * const idempotency = postgres(pool);
 * ```
 *
 * Those options make a claim fail soon where the server does not answer, so that Docutray is told to come again.
 * Without a listener for `error`, a pool ends the process when the server goes away.
 *
 * Each call is one statement, and has to be a transaction of its own, so no client that has begun one: a claim that is
 * not committed keeps others waiting. The isolation has to be the default, `READ COMMITTED`: a stricter one makes some
 * of the claims fail that come at once.
 *
 * What was answered is on disk, unless `synchronous_commit` is off; a standby that takes over may lack the last of it,
 * unless it is a synchronous one. What it lacks is processed again. Tokens grow all the same.
 *
 * Rows that need not be remembered any longer are deleted by later claims, a few by each: nothing else has to run.
 *
 * @throws {@link WebhookError} `invalid_config`, whose `field` names the option; `TypeError` for what is no such client.
 */
export function postgres(pool: PostgresClient, options: PostgresOptions = {}): StoreWithHealth {
  if (typeof pool?.query !== "function") {
    throw new TypeError("postgres(pool) needs a Pool or Client of the package `pg`: this has no method query");
  }
  const { own: table, ...durations } = storeOptions(options, { name: "table", check: tableName });
  return new PostgresStore(pool, table, durations);
}

/**
 * The table, as SQL to be run once, by hand or by a migration; where it is there already, nothing changes. A schema that
 * is named has to be there.
 *
 * ```ts
 * await pool.query(postgresSchema());
 * ```
 *
 * @throws {@link WebhookError} `invalid_config`, whose `field` is `table`.
 */
export function postgresSchema(options: PostgresTable = {}): string {
  const { values, problems } = readOptions(options, ["table"]);
  const { table } = allChecked<{ table: string }>(problems, { table: () => tableName(values.table) });
  return statements(table).create;
}

/** PostgreSQL cuts off what is longer, so that two names would be one table. */
const LONGEST_NAME = 63;

/** Quoted, for SQL. */
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

  /** A key goes as bytes: PostgreSQL's text holds no NUL. */
  async #run(statement: string, key: string, ...values: unknown[]): Promise<unknown[]> {
    try {
      const { rows } = await this.#pool.query(statement, [new TextEncoder().encode(key), ...values]);
      return rows;
    } catch (error) {
      throw isUndefinedTable(error) ? this.#withoutTable(error) : error;
    }
  }

  #withoutTable(cause: unknown): Error {
    return new Error(`there is no table ${this.#table} yet: run what postgresSchema() gives, once`, { cause });
  }
}

/** All text, whatever a client was told to make of other types. */
interface ClaimRow {
  readonly state: "claimed" | "busy" | "done";
  readonly token: string;
  readonly seen_before: "yes" | "no";
  readonly seconds: string;
}

/** PostgreSQL's code for it. */
function isUndefinedTable(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "42P01";
}
