import type { WebhookError } from "../error.js";
import { answer, answerError, answerWaiting, type Answer } from "../generated/bindings.js";

/** What came of a request: a row of the core's table of answers. */
export type Outcome =
  | { readonly name: "processed" | "duplicate" | "acknowledged" }
  | { readonly name: "method_not_allowed" | "unsupported_media_type" | "incomplete_body" | "raw_body_gone" }
  | { readonly name: "store_unavailable" | "handler_failed" }
  | { readonly name: "busy" | "lease_lost" | "deadline_exceeded"; readonly retryAfter: number }
  | { readonly name: "kept" | "refused"; readonly error: WebhookError };

/** What the sender is told. */
export function answerTo(outcome: Outcome): Answer {
  if ("retryAfter" in outcome) {
    return answerWaiting(outcome.name, outcome.retryAfter);
  }
  if ("error" in outcome) {
    const { code, field, message } = outcome.error;
    return answerError(outcome.name, code, field, message);
  }
  return answer(outcome.name);
}
