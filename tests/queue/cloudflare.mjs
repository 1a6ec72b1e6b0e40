// Runs the Cloudflare Queues example in `wrangler dev`. The runtime is workerd, the queue's broker is wrangler's.
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SECRET, URL } from "./delivery.mjs";
import { copied, replaceWork } from "./example.mjs";
import { start } from "./programs.mjs";

const WRANGLER = join(import.meta.dirname, "../../node_modules/wrangler/bin/wrangler.js");
const SETTINGS = "wrangler.jsonc";
const GATE_SETTINGS = "gate.jsonc";

/** Wrangler contacts no server and sends no telemetry. */
const QUIET = {
  CI: "true",
  DO_NOT_TRACK: "1",
  NO_COLOR: "1",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
};

/** Prepares the unchanged example for a test. */
export async function exampleFor(t) {
  const directory = await copied(t, "cloudflare");
  await writeFile(join(directory, ".dev.vars"), `DOCUTRAY_WEBHOOK_SECRET=${SECRET}\nDOCUTRAY_WEBHOOK_URL=${URL}\n`);
  return new Example(t, directory);
}

/**
 * Prepares the example with work that asks a ledger. Nothing waits for time to pass: batches are not collected, and retries
 * follow at once.
 *
 * - `maxRetries`: the number of retries after the first attempt.
 * - `gated`: whether sending to the queue also asks the ledger.
 */
export async function stepwiseFor(t, ledger, { maxRetries, gated = false } = {}) {
  const example = await exampleFor(t);
  await replaceWork(join(example.directory, "src/work.js"), ledger);
  const file = join(example.directory, SETTINGS);
  const settings = JSON.parse(await readFile(file, "utf8"));
  const [consumer] = settings.queues.consumers;
  consumer.max_batch_timeout = 0;
  consumer.retry_delay = 0;
  consumer.max_retries = maxRetries ?? consumer.max_retries;
  if (gated) {
    await addGate(example, settings, ledger);
  }
  await writeFile(file, JSON.stringify(settings));
  return example;
}

class Example {
  #t;
  /** The configurations of its Workers. */
  configs = [SETTINGS];

  constructor(t, directory) {
    this.#t = t;
    this.directory = directory;
  }

  /** Starts it. Its stored data is kept for the next start. */
  async running() {
    const configs = this.configs.flatMap((config) => ["--config", config]);
    const options = ["--ip", "127.0.0.1", "--port", "0", "--show-interactive-dev-session=false"];
    const wrangler = this.#wrangler("dev", ...configs, ...options);
    const [, address] = await wrangler.wrote(/Ready on (http:\S+)/);
    return Object.assign(wrangler, { address });
  }

  /** Starts a program that prints the object of this name in the bucket. */
  stored(name) {
    return this.#wrangler("r2", "object", "get", `docutray-events/${name}`, "--local", "--pipe");
  }

  #wrangler(...args) {
    return start(this.#t, [WRANGLER, ...args], { cwd: this.directory, env: { ...QUIET, HOME: this.directory } });
  }
}

/** Gives the queue to a separate Worker, which the example's Worker calls. */
async function addGate(example, settings, ledger) {
  const { producers } = settings.queues;
  delete settings.queues.producers;
  settings.services = [{ binding: "QUEUE", service: "gate", entrypoint: "Gate" }];
  const gate = {
    name: "gate",
    main: "gate.mjs",
    compatibility_date: settings.compatibility_date,
    vars: { LEDGER: ledger.address },
    queues: { producers },
  };
  await copyFile(join(import.meta.dirname, "gate-worker.mjs"), join(example.directory, gate.main));
  await writeFile(join(example.directory, GATE_SETTINGS), JSON.stringify(gate));
  example.configs.push(GATE_SETTINGS);
}
