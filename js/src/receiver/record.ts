import type { WebhookErrorCode } from "../error.js";
import type { OutcomeCode, Verdict } from "./outcome.js";

export type { OutcomeCode, Verdict };

/**
 * The record of one request, for a log. It contains no secret, no MAC, and of the payload only the id. Everything about the
 * event was verified, so that no sender can write into the log.
 */
export interface DeliveryRecord {
  /** When the request arrived, as ISO 8601. */
  readonly time: string;
  /** The event's name, if the metadata was verified. With `url: false`, the name as sent, if the body was verified. */
  readonly event: string | undefined;
  /** The id of the conversion, identification or step execution, if the payload was verified. */
  readonly id: string | undefined;
  /** The event's idempotency key, if the payload was verified. */
  readonly key: string | undefined;
  /** The delivery's request id. Present if `event` is. */
  readonly requestId: string | undefined;
  /** The outcome in one word. */
  readonly verdict: Verdict;
  /** The code of the problem: an error's code, or `busy`, `deadline_exceeded`, `store_unavailable`, `handler_failed` ... */
  readonly code: OutcomeCode | undefined;
  /** The verifier's error, if it refused the delivery, also if `onUnfit` has kept it. */
  readonly error: DeliveryError | undefined;
  /** The HTTP status of the answer. */
  readonly status: number;
  /** The time from the request to its answer, in milliseconds. */
  readonly durationMs: number;
  /** Whether the event was seen before: processed, being processed, or tried without success. */
  readonly seenBefore: boolean;
}

/** A `WebhookError` as plain data. It contains no text of the sender. */
export interface DeliveryError {
  readonly code: WebhookErrorCode;
  /** The header or the payload's field at fault, if there is one. */
  readonly field: string | undefined;
  /** What is wrong and what to do, for the operator. It may mention the configuration, so do not tell it to the sender. */
  readonly message: string;
}
