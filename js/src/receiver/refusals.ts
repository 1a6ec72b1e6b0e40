import type { Delivery } from "../delivery.js";
import type { WebhookError } from "../error.js";
import { BoundedLog } from "./bounded-log.js";
import type { Outcome } from "./outcome.js";
import type { Report } from "./report.js";

/** Logs requests that bring no event. */
export class Refusals {
  readonly #log: BoundedLog;

  constructor(
    private readonly bodyBudget: number,
    private readonly report: Report,
  ) {
    this.#log = new BoundedLog(report);
  }

  /**
   * Logs why a request was refused. Anybody may have sent it.
   *
   * @param reason - The host's error, or that of a `secret` or `url` function. The host's is logged only if the metadata was verified,
   * since it may contain the sender's text.
   * @param isExplained - Whether the error says more than that of other requests. Those must not keep it from the log.
   */
  refused(outcome: Outcome, delivery?: Delivery | undefined, reason?: unknown, isExplained = false): void {
    const reasons = delivery === undefined || reason === undefined ? [] : [reason];
    switch (outcome.name) {
      case "refused":
        this.#log[isExplained ? "explain" : "warn"](outcome.error.code, `a request was refused: ${outcome.error.message}`);
        break;
      case "method_not_allowed":
        this.#log.warn(outcome.name, "a request was refused: its method is not POST");
        break;
      case "unsupported_media_type":
        this.#log.warn(outcome.name, "a request was refused: its Content-Type is not application/json");
        break;
      case "unsupported_content_encoding":
        this.#log.warn(
          outcome.name,
          "a request was refused: it has a Content-Encoding, but the signature covers the bytes that Docutray sends, which have none. " +
            "Make sure that no proxy compresses the body",
        );
        break;
      case "incomplete_body":
        this.#log.warn(
          outcome.name,
          "a delivery's body ended early: its sender disconnected, or a limit of the framework or of a proxy truncated it",
          ...reasons,
        );
        break;
      case "body_timeout":
        this.#log.warn(outcome.name, "a delivery's body had not arrived completely by the deadline");
        break;
      case "overloaded":
        this.#log.error(
          outcome.name,
          `a delivery was answered 503: the arriving bodies would take more than the bodyBudget of ${this.bodyBudget} bytes`,
        );
        break;
      case "verifier_unavailable":
        this.#log.error("verifier_unavailable", "a delivery was answered 503: there is no secret to verify it with", reason);
        break;
      case "raw_body_gone":
        // The reason is our own text and says what to do.
        this.#log.error(outcome.name, "the raw body is gone, so no delivery can be verified", reason);
        break;
      default:
    }
  }

  verifierLost(error: Error): void {
    this.#log.error("verifier_unavailable", "a delivery was answered 503: the WebAssembly instance ended while it was verified, and the next delivery gets a new one", error);
  }

  /** Logs a bug of this package or of the host. */
  failed(error: unknown): void {
    this.#log.error("handler_failed", "a delivery could not be processed", error);
  }

  /** Logs an authentic delivery that this version cannot read. It is logged each time, since only Docutray can cause it. */
  unfit(error: WebhookError, { requestId, event }: Delivery): void {
    this.report.error(error.code, `the authentic delivery ${requestId} does not fit: ${error.message}`, { requestId, event });
  }

  /** Logs what looks like a mistake in a secret. A function may return many secrets. */
  hinted(hint: string): void {
    this.#log.warn("secret_hint", hint);
  }
}
