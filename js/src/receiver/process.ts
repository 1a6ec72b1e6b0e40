import type { WebhookEvent } from "../event.js";
import type { Store } from "../idempotency/store.js";
import { UnfitPayload } from "../unfit-payload.js";
import { complete, release } from "./claims.js";
import type { EventHandler } from "./handlers.js";
import { Renewal } from "./lease.js";
import type { Outcome } from "./outcome.js";
import { report } from "./report.js";

/** An event that was claimed, being processed. */
export interface Processing {
  /** What came of it; never rejected. */
  readonly ended: Promise<Outcome>;
  /** The outcome to answer with when Docutray cannot wait for the end. */
  soFar(): Outcome;
}

/** A claim of ours. */
export interface Claimed {
  readonly store: Store;
  readonly token: number;
  readonly seenBefore: boolean;
}

/**
 * Runs the handler under a lease; the event is done only after it has ended well.
 *
 * @param unfit - What becomes of an event whose payload the handler says does not fit. Never rejected. The event is not
 * done by it, and is given back.
 */
export function process(
  event: WebhookEvent,
  handler: EventHandler<WebhookEvent>,
  { store, token, seenBefore }: Claimed,
  unfit: (error: UnfitPayload) => Promise<Outcome>,
): Processing {
  // The event is the handler's, to change as it likes.
  const { key, name } = event;
  const renewal = new Renewal(store, key, token);
  let handled = false;
  async function run(): Promise<Outcome> {
    try {
      await handler(event, { token, signal: renewal.signal, seenBefore });
    } catch (error) {
      renewal.handled();
      const outcome = await failed(error);
      renewal.end();
      await release(store, key, token);
      return outcome;
    }
    handled = true;
    renewal.handled();
    const isRecorded = await complete(store, key, token);
    renewal.end();
    return isRecorded ? { name: "processed" } : { name: "lease_lost", retryAfter: store.lease };
  }
  async function failed(error: unknown): Promise<Outcome> {
    if (error instanceof UnfitPayload) {
      return unfit(error);
    }
    report(`the handler of ${name} failed for ${key}`, error);
    return { name: "handler_failed" };
  }
  return {
    ended: run(),
    soFar: () => (handled ? { name: "processed" } : { name: "late", retryAfter: store.lease }),
  };
}
