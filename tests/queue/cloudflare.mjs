// The example for Cloudflare Queues, in `wrangler dev`: the runtime is workerd, the queue's broker is wrangler's own.
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SECRET, URL } from "./delivery.mjs";
import { stepwise } from "./example.mjs";
import { start } from "./programs.mjs";

const WRANGLER = join(import.meta.dirname, "../../node_modules/wrangler/bin/wrangler.js");
const SETTINGS = "wrangler.jsonc";

/** Wrangler asks nobody for anything, and tells nothing. */
const QUIET = {
  CI: "true",
  DO_NOT_TRACK: "1",
  NO_COLOR: "1",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
};

/**
 * A copy of the example in which nobody waits for the clock: batches are not gathered, and tries follow each other at once.
 *
 * - `maxRetries`: how many there are.
 * - `gated`: what goes to the queue asks the ledger.
 */
export async function workerFor(t, ledger, { maxRetries, gated = false } = {}) {
  const directory = await stepwise(t, ledger, "cloudflare", "src/work.js");
  const settings = JSON.parse(await readFile(join(directory, SETTINGS), "utf8"));
  const [consumer] = settings.queues.consumers;
  Object.assign(consumer, { max_batch_timeout: 0, retry_delay: 0 }, maxRetries !== undefined && { max_retries: maxRetries });
  if (gated) {
    await addGate(directory, settings, ledger);
  }
  await writeFile(join(directory, SETTINGS), JSON.stringify(settings));
  await writeFile(join(directory, ".dev.vars"), `DOCUTRAY_SECRET=${SECRET}\nDOCUTRAY_URL=${URL}\n`);
  return { directory, configs: gated ? [SETTINGS, "gate.jsonc"] : [SETTINGS] };
}

/** Starts it; what is stored is found again by the next. */
export async function startWorker(t, { directory, configs }) {
  const files = configs.flatMap((config) => ["--config", config]);
  const args = ["dev", ...files, "--ip", "127.0.0.1", "--port", "0", "--show-interactive-dev-session=false"];
  const wrangler = startWrangler(t, directory, args);
  const [, address] = await wrangler.wrote(/Ready on (http:\S+)/);
  return Object.assign(wrangler, { address });
}

/** What is in the bucket by that name, told by wrangler. */
export function storedObject(t, { directory }, name) {
  return startWrangler(t, directory, ["r2", "object", "get", `docutray-events/${name}`, "--local", "--pipe"]);
}

function startWrangler(t, directory, args) {
  return start(t, [WRANGLER, ...args], { cwd: directory, env: { ...QUIET, HOME: directory } });
}

async function addGate(directory, settings, ledger) {
  const { producers } = settings.queues;
  delete settings.queues.producers;
  settings.services = [{ binding: "QUEUE", service: "gate", entrypoint: "Gate" }];
  await copyFile(join(import.meta.dirname, "gate-worker.mjs"), join(directory, "gate.mjs"));
  const gate = {
    name: "gate",
    main: "gate.mjs",
    compatibility_date: settings.compatibility_date,
    vars: { LEDGER: ledger.address },
    queues: { producers },
  };
  await writeFile(join(directory, "gate.jsonc"), JSON.stringify(gate));
}
