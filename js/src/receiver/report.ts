import { write, type Logger } from "./logger.js";
import type { OutcomeCode } from "./outcome.js";
import { within } from "./time.js";

/**
 * The code of an error that is reported: that of the delivery's outcome, as in a {@link DeliveryRecord}, or of a failure that leaves the
 * outcome as it is.
 *
 * - `on_unfit_failed`, `on_delivery_failed`: that function has failed.
 * - `wait_until_failed`: the host's `waitUntil` has failed, so the host may end work that continues after the answer.
 * - `answer_not_sent`: Node's response could not be written.
 * - `next_failed`: an Express application's error middleware has failed.
 */
export type ErrorContextCode =
  | OutcomeCode
  | "on_unfit_failed"
  | "on_delivery_failed"
  | "wait_until_failed"
  | "answer_not_sent"
  | "next_failed";

/** What failed, beside the error itself. It contains no secret, no MAC and no text of an unverified sender. */
export interface ErrorContext {
  /** The code of the problem: `handler_failed`, `store_unavailable`, `verifier_unavailable`, `on_unfit_failed` ... */
  readonly code: ErrorContextCode;
  /** The line in the log. */
  readonly message: string;
  /** The event's name, if the delivery was verified. */
  readonly event?: string | undefined;
  /** The event's idempotency key, if the delivery was verified. */
  readonly key?: string | undefined;
  /** The delivery's request id, if the delivery was verified. */
  readonly requestId?: string | undefined;
}

/** Gets each error that the log gets. */
export type OnError = (error: unknown, context: ErrorContext) => unknown;

/** The verified names of what an error is about. */
export type About = Pick<ErrorContext, "event" | "key" | "requestId">;

/** Reports an error that a handler or a store has thrown. */
export type ReportError = (code: ErrorContextCode, what: string, error: unknown) => void;

/** Tells the operator: writes lines to the logger, and passes errors on to `onError`. */
export class Report {
  readonly #onError: OnError | undefined;
  readonly #logger: Logger | undefined;
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(logger: Logger | undefined, onError: OnError | undefined) {
    this.#logger = logger;
    this.#onError = onError;
  }

  /** Returns what reports errors of one event. */
  about(about: About): ReportError {
    return (code, what, error) => this.error(code, what, about, error);
  }

  warn(what: string, ...reason: readonly unknown[]): void {
    // Read each time, because tests and tools replace the console's methods.
    write(this.#logger ?? console, "warn", `docutray-webhook: ${what}`, ...reason);
  }

  error(code: ErrorContextCode, what: string, about: About, ...reason: readonly unknown[]): void {
    const message = `docutray-webhook: ${what}`;
    write(this.#logger ?? console, "error", message, ...reason);
    if (this.#onError !== undefined) {
      const error = reason.length === 0 ? new Error(message) : reason[0];
      this.#track(this.#passedOn(this.#onError, error, { code, message, ...about }));
    }
  }

  /** Resolves when every call of `onError` so far has ended, or after this many seconds. Then nobody waits for those calls any longer. */
  async told(seconds: number): Promise<void> {
    const calls = [...this.#underWay];
    await within(seconds, Promise.all(calls), () => {});
    calls.forEach((call) => this.#underWay.delete(call));
  }

  get isTelling(): boolean {
    return this.#underWay.size > 0;
  }

  async #passedOn(onError: OnError, error: unknown, context: ErrorContext): Promise<void> {
    try {
      await onError(error, context);
    } catch (failure) {
      write(this.#logger ?? console, "error", "docutray-webhook: onError failed", failure);
    }
  }

  #track(call: Promise<unknown>): void {
    this.#underWay.add(call);
    void call.then(() => this.#underWay.delete(call));
  }
}
