// The stores that workers share, set up as in production: the server loses nothing, and clients fail at once.
import { postgres, postgresSchema, redis } from "docutray-webhook/idempotency";
import pg from "pg";
import { NEWEST_NODE_REDIS, openRedis } from "./redis-clients.mjs";
import { startPostgres, startRedis } from "./servers.mjs";

/** Each starts a server without data. */
const START = {
  Redis: (options) => startRedis({ durable: true, ...options }),
  async PostgreSQL(options) {
    const server = await startPostgres(options);
    const pool = poolOf(server.port);
    await pool.query(postgresSchema());
    await pool.end();
    return server;
  },
};

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
};

export const STORES = Object.keys(START);

export function startServer(kind, options) {
  return START[kind](options);
}

export function openStore(kind, port, options) {
  return OPEN[kind](port, options);
}

function poolOf(port) {
  const connectionString = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const pool = new pg.Pool({ connectionString, connectionTimeoutMillis: 3000, query_timeout: 3000 });
  // Ignores the expected errors about a killed server.
  pool.on("error", () => {});
  return pool;
}
