// Runs the BullMQ example on a real Redis.
import { join } from "node:path";
import { Queue } from "bullmq";
import { SECRET, URL } from "./delivery.mjs";
import { atEnd } from "./ends.mjs";
import { copied, replaceWork } from "./example.mjs";
import { start } from "./programs.mjs";
import { startRedis } from "./servers.mjs";

/** The key of the event of `signed()`, and of its job. */
export const KEY = "CONVERSION_COMPLETED:conv_1";
export const JOB = "CONVERSION_COMPLETED%3Aconv_1";

/** Prepares the example for a test, with a Redis configured as its README says. With a ledger, its work asks the ledger. */
export async function exampleFor(t, ledger) {
  const server = await startRedis({ durable: true });
  atEnd(t, () => server.end());
  const directory = await copied(t, "bullmq");
  if (ledger !== undefined) {
    await replaceWork(join(directory, "work.mjs"), ledger);
  }
  return new Example(t, server, directory);
}

class Example {
  #t;
  #directory;

  constructor(t, server, directory) {
    this.#t = t;
    this.#directory = directory;
    /** The Redis server. */
    this.server = server;
  }

  /** Starts a receiver. `url` is the address of its Redis. */
  async receiver(url = this.server.url) {
    const env = { DOCUTRAY_WEBHOOK_SECRET: SECRET, DOCUTRAY_WEBHOOK_URL: URL, REDIS_URL: url, PORT: "0" };
    const receiver = this.#start("receiver.mjs", env);
    const [, address] = await receiver.wrote(/^listening on (.*)$/m);
    return Object.assign(receiver, { address });
  }

  /** Starts a worker that takes over abandoned jobs within seconds. */
  worker() {
    return this.#start("worker.mjs", { REDIS_URL: this.server.url, STALLED_AFTER: "3" });
  }

  /** Opens one of its queues for inspection. */
  queue(name = "docutray") {
    const queue = new Queue(name, { connection: { url: this.server.url } });
    // Some tests stop Redis, so its errors are expected.
    queue.on("error", () => {});
    atEnd(this.#t, () => queue.close());
    return queue;
  }

  #start(script, env) {
    return start(this.#t, [script], { cwd: this.#directory, env });
  }
}
