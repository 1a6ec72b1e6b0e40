import type { WebhookEvent } from "../event.js";
import type { Store } from "../idempotency/store.js";
import { isUnfitPayload, type UnfitPayload } from "../unfit-payload.js";
import { complete, release } from "./claims.js";
import type { EventHandler } from "./handlers.js";
import { Renewal } from "./lease.js";
import type { Outcome } from "./outcome.js";
import type { ReportError } from "./report.js";

/** A claimed event that is being processed. */
export interface Processing {
  /** The outcome of processing. Never rejects. */
  readonly ended: Promise<Outcome>;
  /** Returns the outcome to answer with if Docutray cannot wait for the end. */
  soFar(): Outcome;
}

/** An event that this receiver has claimed. */
export interface Claimed {
  readonly store: Store;
  readonly token: number;
  readonly seenBefore: boolean;
  readonly report: ReportError;
}

/**
 * Runs the handler under a lease. The event is completed only after the handler has succeeded.
 *
 * @param unfit - Called when the handler says that the payload does not fit. Returns what to answer, and never rejects. The
 * event is released afterwards, not completed.
 * @param thrown - Called with any other error that the handler has thrown.
 */
export function process(
  event: WebhookEvent,
  handler: EventHandler<WebhookEvent>,
  { store, token, seenBefore, report }: Claimed,
  unfit: (error: UnfitPayload) => Promise<Outcome>,
  thrown: (error: unknown) => void,
): Processing {
  // Read before the handler runs, which may change the event.
  const { key, name } = event;
  const renewal = new Renewal(store, key, token, report);
  let handled = false;
  async function run(): Promise<Outcome> {
    try {
      await handler(event, { token, signal: renewal.signal, seenBefore });
    } catch (error) {
      renewal.handled();
      const outcome = await failed(error);
      renewal.end();
      await release(store, key, token, report);
      return outcome;
    }
    handled = true;
    renewal.handled();
    const isRecorded = await complete(store, key, token, report);
    renewal.end();
    return isRecorded ? { name: "processed" } : { name: "lease_lost", retryAfter: store.lease };
  }
  async function failed(error: unknown): Promise<Outcome> {
    if (isUnfitPayload(error)) {
      return unfit(error);
    }
    report("handler_failed", `the handler of ${name} failed for ${key}`, error);
    thrown(error);
    return { name: "handler_failed" };
  }
  return {
    ended: run(),
    soFar: () => (handled ? { name: "processed" } : { name: "late", retryAfter: store.lease }),
  };
}
