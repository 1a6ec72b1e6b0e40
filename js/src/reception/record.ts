import type { Verdict } from "../generated/bindings.js";

export type { Verdict };

/**
 * What came of one request, for a log. Nothing secret, no MAC, nothing of the payload but its id; what is said of the
 * event was verified before, so that no sender can write into the log.
 */
export interface DeliveryRecord {
  /** When the request came, ISO 8601. */
  readonly time: string;
  /** The event's name, where the metadata was verified; with `url: false`, as sent, where the body was. */
  readonly event: string | undefined;
  /** The id of the conversion, identification or step execution, where the payload was verified. */
  readonly id: string | undefined;
  /** The delivery's request id; the same holds for it. */
  readonly requestId: string | undefined;
  /** In one word what came of it. */
  readonly verdict: Verdict;
  /** What stood in the way: an error's code, or `busy`, `deadline_exceeded`, `store_unavailable`, `handler_failed` ... */
  readonly code: string | undefined;
  /** The HTTP status of the answer. */
  readonly status: number;
  /** From the request to its answer, in seconds. */
  readonly duration: number;
  /** Whether the event was seen before: processed, under way, or tried in vain. */
  readonly seenBefore: boolean;
}
