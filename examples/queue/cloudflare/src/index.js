// Receives Docutray's webhooks and puts their events into a queue. A delivery is acknowledged when the queue has its message.
// The queue then calls the same Worker to do the work.
import { env } from "cloudflare:workers";
import { webHandler } from "docutray-webhook/handler";
import { durableObject } from "docutray-webhook/idempotency";
import { work } from "./work.js";

export { ClaimObject } from "docutray-webhook/idempotency";

const { DOCUTRAY_WEBHOOK_SECRET, DOCUTRAY_WEBHOOK_SECRET_OLD, DOCUTRAY_WEBHOOK_URL } = env;

const handler = webHandler({
  secret: DOCUTRAY_WEBHOOK_SECRET_OLD ? [DOCUTRAY_WEBHOOK_SECRET, DOCUTRAY_WEBHOOK_SECRET_OLD] : DOCUTRAY_WEBHOOK_SECRET,
  url: DOCUTRAY_WEBHOOK_URL,
  // The claim of a killed Worker ends before Docutray retries after 30 s.
  idempotency: durableObject(env.CLAIMS, { lease: 10 }),
  on: { "*": enqueue },
  onUnfit: ({ code }, { event, requestId }, rawBody) =>
    env.EVENTS.put(`unfit/${requestId}`, rawBody, { customMetadata: { code, event } }),
});

/** Stores the event as an object and puts the object's name into the queue, since a message may have only 128 KB. */
async function enqueue({ name, key, raw }) {
  const object = `events/${crypto.randomUUID()}`;
  await env.EVENTS.put(object, JSON.stringify({ name, key, raw }));
  await env.QUEUE.send(object);
}

export default {
  fetch: handler,

  async queue({ messages }) {
    for (const message of messages) {
      try {
        const object = await env.EVENTS.get(message.body);
        await work(await object.json());
        message.ack();
      } catch (error) {
        console.error(`${message.body}, try ${message.attempts}:`, error);
        message.retry();
      }
    }
  },
};
