// The store in D1, in a Worker.
import { env } from "cloudflare:workers";
import { d1, sqliteSchema } from "docutray-webhook/idempotency";
import { hosted } from "../hosted.mjs";
import { onClock } from "../sql-clock.mjs";

const clock = { ahead: 0 };
const run = async (sql) => void (await env.DB.prepare(sql).run());

const host = {
  open: (options) => d1(onClock(env.DB, clock), options),
  shift: (seconds) => void (clock.ahead += seconds),
  jumpsBack: true,
  sharing: true,
  async forget() {
    await run("DELETE FROM docutray_webhook_claims");
    // In the same millisecond, the clock would give the same token.
    await scheduler.wait(2);
  },
  schema: (options) => sqliteSchema(options),
  all: async (sql) => (await env.DB.prepare(sql).all()).results,
  run,
};

const hosts = {
  host,
  binding: { open: (options) => d1(env.DB, options) },
  session: { open: () => d1(env.DB.withSession()) },
  none: { open: () => d1(env.CLAIMS) },
  /** The answers of its writes are lost. */
  lossy: { open: (options) => d1({ ...onClock(env.DB, clock), batch: (statements) => lost(statements) }, options) },
};

async function lost(statements) {
  await env.DB.batch(statements);
  throw new Error("D1_ERROR: Network connection lost.");
}

export default { fetch: (request) => hosted(request, hosts) };
