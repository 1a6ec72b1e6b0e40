import type { Delivery } from "../delivery.js";
import type { WebhookError } from "../error.js";
import { BoundedLog } from "./bounded-log.js";
import type { Outcome } from "./outcome.js";
import { say } from "./report.js";

/** Logs requests that bring no event. */
export class Refusals {
  readonly #log = new BoundedLog();

  constructor(private readonly bodyBudget: number) {}

  /**
   * Logs why a request was refused. Anybody may have sent it.
   *
   * @param reason - The host's error. It is logged only if the metadata was verified, since it may contain the sender's text.
   */
  refused(outcome: Outcome, delivery?: Delivery | undefined, reason?: unknown): void {
    const reasons = delivery === undefined || reason === undefined ? [] : [reason];
    switch (outcome.name) {
      case "refused":
        this.#log.warn(outcome.error.code, `a request was refused: ${outcome.error.message}`);
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
          "a request was refused: it has a Content-Encoding, so its bytes are not the ones that were signed. See that no proxy " +
            "or middleware compresses the body",
        );
        break;
      case "incomplete_body":
        this.#log.warn(
          outcome.name,
          "a delivery's body did not come whole: its sender went away, or a limit of the framework or a proxy cut it",
          ...reasons,
        );
        break;
      case "body_timeout":
        this.#log.warn(outcome.name, "a delivery's body had not come whole at the deadline: it was given up");
        break;
      case "overloaded":
        this.#log.error(
          outcome.name,
          `a delivery was put off: the bodies under way would take more than the bodyBudget of ${this.bodyBudget} bytes`,
        );
        break;
      case "raw_body_gone":
        // The reason is our own text and says what to do.
        this.#log.error(outcome.name, "the raw body is gone, so no delivery can be verified", reason);
        break;
      default:
    }
  }

  verifierLost(error: Error): void {
    this.#log.error("verifier_unavailable", "a delivery was put off: what verifies it ended meanwhile, and is made anew", error);
  }

  /** Logs a bug of this package or of the host. */
  failed(error: unknown): void {
    this.#log.error("handler_failed", "a delivery could not be taken", error);
  }

  /** Logs an authentic delivery that this version cannot read. It is logged each time, since only Docutray can cause it. */
  unfit(error: WebhookError, { requestId }: Delivery): void {
    say("error", `docutray-webhook: the authentic delivery ${requestId} does not fit: ${error.message}`);
  }
}
