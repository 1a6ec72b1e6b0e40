import { WebhookError } from "./error.js";

/** What does not fit in a payload. */
export interface UnfitPayloadInit {
  /** The path of the field, such as `data.lines[0].amount`; `undefined` for the whole payload. */
  readonly field?: string | undefined;
  /**
   * What the field has to be, as the words after "has to be": `the sum of the lines`. They are logged and sent to Docutray,
   * so never put a part of the document into them.
   */
  readonly expected: string;
}

/** Marks the class. A registered symbol, since a bundle may contain this package twice. */
const UNFIT = Symbol.for("docutray-webhook.unfitPayload");

/**
 * The error to throw in a handler of events if the delivery is authentic and your code cannot use its payload.
 *
 * ```ts
 * throw new UnfitPayload({ field: "data.total", expected: "the sum of the lines" });
 * ```
 *
 * The delivery is then treated like a payload that does not fit its event. `onUnfit` keeps it and the answer is 200;
 * without `onUnfit` the answer is 400 with the code `malformed_payload`. The event is released in the store, so another
 * delivery of it is handled again. Any other error that a handler throws is answered with 500.
 */
export class UnfitPayload extends WebhookError {
  static {
    Object.defineProperty(this.prototype, "name", { value: "UnfitPayload", configurable: true, writable: true });
    Object.defineProperty(this.prototype, UNFIT, { value: true });
  }

  constructor({ field, expected }: UnfitPayloadInit) {
    const finding = `${field ?? "the payload"} has to be ${expected}, but is something else.`;
    const message =
      `malformed_payload: ${finding} The signatures are right: keep the body (option onUnfit), and check whether the ` +
      "document type has changed at Docutray, or whether this receiver expects too much.";
    super({ code: "malformed_payload", field, status: 400, message, finding });
  }
}

/** Returns whether a handler has thrown an {@link UnfitPayload}, of whatever copy of this package. */
export function isUnfitPayload(thrown: unknown): thrown is UnfitPayload {
  return typeof thrown === "object" && thrown !== null && UNFIT in thrown;
}
