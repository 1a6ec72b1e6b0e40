// The stores that workers share, set up as in production: the server loses nothing, and clients fail at once.
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { postgres, postgresSchema, redis, sqlite } from "docutray-webhook/idempotency";
import { dynamodb } from "docutray-webhook/idempotency/dynamodb";
import pg from "pg";
import { documentedTable, SETTINGS } from "./dynamodb-table.mjs";
import { FakeClock } from "./fake-clock.mjs";
import { NEWEST_NODE_REDIS, openRedis } from "./redis-clients.mjs";
import { startDynalite, startPostgres, startRedis } from "./servers.mjs";

/**
 * Each starts a server without data. Where the workers' clocks count, the result has the `environment` that sets them. Where
 * workers need another Node than this one, it has their `runtime`.
 */
const START = {
  Redis: (options) => startRedis({ durable: true, ...options }),
  async PostgreSQL(options) {
    const server = await startPostgres(options);
    const pool = poolOf(server.port);
    await pool.query(postgresSchema());
    await pool.end();
    return server;
  },
  async DynamoDB({ clock } = {}) {
    const server = await startDynalite();
    const client = dynamodbClientOf(server.port);
    await client.send(new CreateTableCommand(await documentedTable()));
    client.destroy();
    return clock ? onClockOfWorkers(server, server.directory) : server;
  },
  /** A file, whose path stands for a port. */
  async SQLite({ clock } = {}) {
    const directory = fs.mkdtempSync(join(tmpdir(), "docutray-sqlite-"));
    const end = async () => fs.rmSync(directory, { recursive: true });
    const file = { port: join(directory, "claims.db"), runtime: NODE_24, end };
    execFileSync(NODE_24, [join(import.meta.dirname, "runtimes/sqlite/set-up.mjs"), file.port]);
    return clock ? onClockOfWorkers(file, directory) : file;
  },
};

/** The tests run on older Nodes, too, which have no `node:sqlite`. */
const NODE_24 = join(dirname(createRequire(import.meta.url).resolve("node-24/package.json")), "bin/node");

/** Each returns a store on the server at a port, and how to close its client. */
const OPEN = {
  async Redis(port, options) {
    const { client, close } = await openRedis(NEWEST_NODE_REDIS, port);
    return { store: redis(client, options), close };
  },
  async PostgreSQL(port, options) {
    const pool = poolOf(port);
    return { store: postgres(pool, options), close: () => pool.end() };
  },
  async DynamoDB(port, options) {
    const client = dynamodbClientOf(port);
    return { store: dynamodb(client, options), close: async () => client.destroy() };
  },
  async SQLite(path, options) {
    const { DatabaseSync } = await import("node:sqlite");
    const database = new DatabaseSync(path);
    database.exec("PRAGMA busy_timeout = 50");
    return { store: sqlite(database, options), close: async () => database.close() };
  },
};

export const STORES = Object.keys(START);
/** Those that have a server of their own, which can be away. */
export const SERVERS = STORES.filter((kind) => kind !== "SQLite");

export function startServer(kind, options) {
  return START[kind](options);
}

/** What a worker has to be told to use that server. */
export function reached(kind, { port, runtime, environment }) {
  return { kind, port, runtime, environment };
}

export function openStore(kind, port, options) {
  return OPEN[kind](port, options);
}

function onClockOfWorkers(server, directory) {
  const clock = new FakeClock(directory);
  return Object.assign(server, { environment: clock.environment(), shift: async (seconds) => clock.shift(seconds) });
}

function dynamodbClientOf(port) {
  return new DynamoDBClient({ ...SETTINGS, endpoint: `http://127.0.0.1:${port}` });
}

function poolOf(port) {
  const connectionString = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const pool = new pg.Pool({ connectionString, connectionTimeoutMillis: 3000, query_timeout: 3000 });
  // Ignores the expected errors about a killed server.
  pool.on("error", () => {});
  return pool;
}
