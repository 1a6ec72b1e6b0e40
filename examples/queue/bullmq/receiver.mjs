// Receives Docutray's webhooks and puts their events into a queue. A delivery is acknowledged when Redis has its job.
// The secret and the URL come from the environment: DOCUTRAY_WEBHOOK_SECRET and DOCUTRAY_WEBHOOK_URL.
import { createServer } from "node:http";
import { Queue } from "bullmq";
import { redis } from "docutray-webhook/idempotency";
import { nodeHandler } from "docutray-webhook/node";
import { Redis } from "ioredis";

const { PORT = "8080", REDIS_URL = "redis://127.0.0.1:6379" } = process.env;

// With these options, calls fail at once while Redis is unreachable, and Docutray is told to retry.
const connection = new Redis(REDIS_URL, { enableOfflineQueue: false, maxRetriesPerRequest: 0 });

const events = new Queue("docutray", {
  connection,
  defaultJobOptions: {
    attempts: 10,
    backoff: { type: "exponential", delay: 1000 },
    // In seconds: longer than Docutray retries. While a job exists, another with the same id is not added.
    removeOnComplete: { age: 7200 },
  },
});
const unfit = new Queue("docutray-unfit", { connection });

const handler = nodeHandler({
  // The claim of a killed receiver ends before Docutray retries after 30 s.
  idempotency: redis(connection, { lease: 10 }),
  on: {
    // BullMQ does not allow colons in ids.
    "*": ({ name, key, raw }) => events.add(name, { key, raw }, { jobId: encodeURIComponent(key) }),
  },
  onUnfit: ({ code }, { event }, rawBody) => unfit.add(event, { code, body: Buffer.from(rawBody).toString("base64") }),
});

for (const queue of [events, unfit]) {
  queue.on("error", console.error);
  await queue.waitUntilReady();
}
const server = createServer(handler);
server.listen(Number(PORT), "127.0.0.1", () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
