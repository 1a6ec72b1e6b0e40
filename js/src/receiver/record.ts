import type { WebhookErrorCode } from "../error.js";
import type { Verdict } from "./outcome.js";

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
  /** The event's idempotency key, where the payload was verified. */
  readonly key: string | undefined;
  /** The delivery's request id, where the event's name is there. */
  readonly requestId: string | undefined;
  /** In one word what came of it. */
  readonly verdict: Verdict;
  /** What stood in the way: an error's code, or `busy`, `deadline_exceeded`, `store_unavailable`, `handler_failed` ... */
  readonly code: string | undefined;
  /** Which check the delivery failed, where it failed one: also one that `onUnfit` has kept. */
  readonly error: DeliveryError | undefined;
  /** The HTTP status of the answer. */
  readonly status: number;
  /** From the request to its answer, in milliseconds. */
  readonly durationMs: number;
  /** Whether the event was seen before: processed, under way, or tried in vain. */
  readonly seenBefore: boolean;
}

/** A `WebhookError` as plain data. Nothing of it is a sender's own text. */
export interface DeliveryError {
  readonly code: WebhookErrorCode;
  /** The header or the payload's field at fault, where there is one. */
  readonly field: string | undefined;
  /** What is wrong and what to do, for the operator: it may tell of the configuration, which no sender must hear of. */
  readonly message: string;
}
