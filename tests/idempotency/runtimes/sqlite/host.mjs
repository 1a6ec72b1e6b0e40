// The store in SQLite: `host.mjs LIBRARY FILE` prints its address.
import { createServer } from "node:http";
import { sqlite, sqliteSchema } from "docutray-webhook/idempotency";
import { hosted } from "../hosted.mjs";
import { onClock } from "../sql-clock.mjs";
import { LIBRARIES } from "./libraries.mjs";

const [library, path] = process.argv.slice(2);
const clock = { ahead: 0 };
const database = await LIBRARIES[library](path);
database.exec("PRAGMA busy_timeout = 50");
database.exec("PRAGMA journal_mode = WAL");
database.exec(sqliteSchema());

const all = (sql) => database.prepare(sql).all();
const run = (sql) => void database.exec(sql);

const host = {
  open: (options) => sqlite(onClock(database, clock), options),
  shift: (seconds) => void (clock.ahead += seconds),
  jumpsBack: true,
  sharing: true,
  async forget() {
    run("DELETE FROM docutray_webhook_claims");
    // In the same millisecond, the clock would give the same token.
    await new Promise((resolve) => setTimeout(resolve, 2));
  },
  schema: (options) => sqliteSchema(options),
  all,
  run,
  /** Begins to write on another connection, and commits after this many milliseconds. */
  async locked(milliseconds) {
    const other = await LIBRARIES[library](path);
    other.exec("BEGIN IMMEDIATE");
    setTimeout(() => other.exec("COMMIT"), milliseconds);
  },
};

/** Makes the second read of a key return the result of the first, as if another call had written in between. */
const seen = new Map();
const late = {
  prepare(sql) {
    const statement = database.prepare(sql);
    const get = (key) => {
      const row = seen.get(key) ?? statement.get(key);
      seen.delete(key) || seen.set(key, row);
      return row;
    };
    return sql.startsWith("SELECT CAST") ? { get, run: () => {} } : statement;
  },
};

/** Databases with unusual settings, and invalid databases. */
const odd = {
  arrays: () => LIBRARIES["node:sqlite"](path, { returnArrays: true, readBigInts: true }),
  bigints: async () => (await LIBRARIES["better-sqlite3"](path)).defaultSafeIntegers(),
  readOnly: () => LIBRARIES[library](path, library === "node:sqlite" ? { readOnly: true } : { readonly: true, create: false }),
  /** A database of an asynchronous library. */
  async later() {
    return { prepare: () => ({ get: () => Promise.resolve({ 1: 1 }), run: () => Promise.resolve({ changes: 1 }) }) };
  },
  async none() {},
  async path() {
    return path;
  },
};

const hosts = { host, late: { open: (options) => sqlite(late, options) } };
for (const [name, open] of Object.entries(odd)) {
  hosts[name] = { open: () => withOdd(name, open) };
}

/** Opens a database when it is requested, since not every runtime has every library. */
function withOdd(name, open) {
  const opened = open();
  const method = (method) => async (...args) => sqlite(await opened)[method](...args);
  return Object.fromEntries(["claim", "renew", "complete", "release", "health"].map((name) => [name, method(name)]));
}

const server = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray());
  const answer = await hosted(new Request("http://host", { method: "POST", body }), hosts);
  response.writeHead(answer.status).end(await answer.text());
});
server.listen(0, "127.0.0.1", () => console.log(`listening on ${server.address().port}`));
