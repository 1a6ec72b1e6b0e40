// The store in SQLite: `host.mjs LIBRARY FILE` says where it listens.
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
    // Within the same millisecond the clock would give the same token.
    await new Promise((resolve) => setTimeout(resolve, 2));
  },
  schema: (options) => sqliteSchema(options),
  all,
  run,
  /** Another connection begins to write, and commits after so many milliseconds. */
  async locked(milliseconds) {
    const other = await LIBRARIES[library](path);
    other.exec("BEGIN IMMEDIATE");
    setTimeout(() => other.exec("COMMIT"), milliseconds);
  },
};

/** Of two looks at a key, the second shows what the first has found: others may have written in between. */
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

/** Each as its library allows, and as no database should be. */
const odd = {
  arrays: () => LIBRARIES["node:sqlite"](path, { returnArrays: true, readBigInts: true }),
  bigints: async () => (await LIBRARIES["better-sqlite3"](path)).defaultSafeIntegers(),
  readOnly: () => LIBRARIES[library](path, library === "node:sqlite" ? { readOnly: true } : { readonly: true, create: false }),
  /** As of a library that answers later. */
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

/** Opened when it is asked for, since not every runtime has each. */
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
