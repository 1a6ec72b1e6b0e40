import type { WebhookEvent } from "../event.js";
import type { Store } from "../idempotency/store.js";
import { complete, release } from "./claims.js";
import type { EventHandler } from "./handlers.js";
import { Renewal } from "./lease.js";
import type { Outcome } from "./outcome.js";
import { report } from "./report.js";

/** A claimed event that is being processed. */
export interface Processing {
  /** The outcome of processing. Never rejects. */
  readonly ended: Promise<Outcome>;
  /** Returns the outcome to answer with if Docutray cannot wait for the end. */
  soFar(): Outcome;
}

/** Runs the handler under a lease. The event is completed only after the handler has succeeded. */
export function process(
  event: WebhookEvent,
  handler: EventHandler<WebhookEvent>,
  { store, token, seenBefore }: { store: Store; token: number; seenBefore: boolean },
): Processing {
  // Read before the handler runs, which may change the event.
  const { key, name } = event;
  const renewal = new Renewal(store, key, token);
  let handled = false;
  async function run(): Promise<Outcome> {
    try {
      await handler(event, { token, signal: renewal.signal, seenBefore });
      handled = true;
    } catch (error) {
      report(`the handler of ${name} failed for ${key}`, error);
    } finally {
      renewal.handled();
    }
    if (!handled) {
      renewal.end();
      await release(store, key, token);
      return { name: "handler_failed" };
    }
    const isRecorded = await complete(store, key, token);
    renewal.end();
    return isRecorded ? { name: "processed" } : { name: "lease_lost", retryAfter: store.lease };
  }
  return {
    ended: run(),
    soFar: () => (handled ? { name: "processed" } : { name: "late", retryAfter: store.lease }),
  };
}
