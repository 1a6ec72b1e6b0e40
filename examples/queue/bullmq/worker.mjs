// Does the work for the events in the queue. Any number of these workers may run, and any of them may be killed.
import { Worker } from "bullmq";
import { work } from "./work.mjs";

const { REDIS_URL = "redis://127.0.0.1:6379", STALLED_AFTER = "30" } = process.env;
const milliseconds = Number(STALLED_AFTER) * 1000;

const worker = new Worker("docutray", ({ name, data: { key, raw } }) => work({ name, key, raw }), {
  connection: { url: REDIS_URL },
  lockDuration: milliseconds,
  stalledInterval: milliseconds,
  // How many workers may be killed during one event before a person must look at it. BullMQ's default is one.
  maxStalledCount: 10,
});

worker.on("error", console.error);
worker.on("failed", (job, error) => console.error(`${job?.id} failed:`, error));
process.once("SIGTERM", () => worker.close());
