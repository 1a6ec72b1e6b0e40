import { WebhookError } from "./error.js";

/** What is unfit about a payload. */
export interface UnfitPayloadInit {
  /** Path of the field at fault, such as `data.lines[0].amount`; `undefined` where it is the whole payload. */
  readonly field?: string | undefined;
  /**
   * What the field has to be, in words that go on after "has to be": `the sum of the lines`. It is sent to Docutray and
   * logged, so it must hold nothing of the document.
   */
  readonly expected: string;
}

/**
 * Thrown by an event's handler whose code cannot read the payload: the delivery is authentic, and what it says does not
 * fit.
 *
 * ```ts
 * throw new UnfitPayload({ field: "data.total", expected: "the sum of the lines" });
 * ```
 *
 * The receiver treats the delivery as it treats a payload that the package itself cannot read: `onUnfit` keeps it, and the
 * answer is 200; without `onUnfit` it is 400 with `malformed_payload`. The event is not done: where it comes again, it is
 * handled again. Every other error that a handler throws is answered 500.
 */
export class UnfitPayload extends WebhookError {
  static {
    Object.defineProperty(this.prototype, "name", { value: "UnfitPayload", configurable: true, writable: true });
  }

  constructor({ field, expected }: UnfitPayloadInit) {
    const finding = `${field ?? "the payload"} has to be ${expected}, but is something else.`;
    const message =
      `malformed_payload: ${finding} The signatures are right: keep the body (option onUnfit), and see whether the ` +
      "document type has changed at Docutray, or this receiver expects too much.";
    super({ code: "malformed_payload", field, status: 400, message, finding });
  }
}
