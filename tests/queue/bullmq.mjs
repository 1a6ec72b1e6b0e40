// The example for BullMQ, on a real Redis.
import { Queue } from "bullmq";
import { SECRET, URL } from "./delivery.mjs";
import { atEnd } from "./ends.mjs";
import { original } from "./example.mjs";
import { start } from "./programs.mjs";
import { startRedis } from "./servers.mjs";

/** The event of `signed()`, and its job. */
export const KEY = "CONVERSION_COMPLETED:conv_1";
export const JOB = "CONVERSION_COMPLETED%3Aconv_1";

/** A Redis for a test, as the example's README wants it. */
export async function redisFor(t) {
  const server = await startRedis({ durable: true });
  atEnd(t, () => server.end());
  return server;
}

/** A receiver that listens; `url` is the way to Redis. */
export async function startReceiver(t, url, directory = original("bullmq")) {
  const env = { DOCUTRAY_SECRET: SECRET, DOCUTRAY_URL: URL, REDIS_URL: url, PORT: "0" };
  const receiver = start(t, ["receiver.mjs"], { cwd: directory, env });
  const [, address] = await receiver.wrote(/^listening on (.*)$/m);
  return Object.assign(receiver, { address });
}

/** A worker that takes up in seconds what others have left. */
export function startWorker(t, url, directory = original("bullmq")) {
  return start(t, ["worker.mjs"], { cwd: directory, env: { REDIS_URL: url, STALLED_AFTER: "3" } });
}

/** The example's queue, to look into. */
export function queueOf(t, url, name = "docutray") {
  const queue = new Queue(name, { connection: { url } });
  // That Redis is away is what some tests are about.
  queue.on("error", () => {});
  atEnd(t, () => queue.close());
  return queue;
}
