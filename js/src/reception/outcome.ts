import type { WebhookError } from "../error.js";
import type { Answer } from "../generated/bindings.js";
import { inInstance } from "../module/instance.js";

/** What came of a request: a row of the core's table of answers. */
export type Outcome =
  | { readonly name: "processed" | "duplicate" | "acknowledged" }
  | { readonly name: "method_not_allowed" | "unsupported_media_type" | "incomplete_body" | "raw_body_gone" }
  | { readonly name: "body_timeout" | "overloaded" | "verifier_unavailable" }
  | { readonly name: "store_unavailable" | "handler_failed" }
  | { readonly name: "busy" | "lease_lost" | "deadline_exceeded"; readonly retryAfter: number }
  | { readonly name: "kept" | "refused"; readonly error: WebhookError };

/** An outcome that is always answered with the same. */
export type FixedOutcome = Exclude<Outcome, { readonly retryAfter: number } | { readonly error: WebhookError }>["name"];

const FIXED: { readonly [Name in FixedOutcome]: true } = {
  processed: true,
  duplicate: true,
  acknowledged: true,
  method_not_allowed: true,
  unsupported_media_type: true,
  incomplete_body: true,
  raw_body_gone: true,
  body_timeout: true,
  overloaded: true,
  verifier_unavailable: true,
  store_unavailable: true,
  handler_failed: true,
};

/** What senders are told. Whatever is always the same is asked for once, so that no answer of last resort needs the core. */
export class Answers {
  readonly #fixed = new Map<string, Answer>();

  constructor() {
    for (const name of Object.keys(FIXED)) {
      this.#fixed.set(name, inInstance((core) => core.answer(name)));
    }
  }

  to(outcome: Outcome): Answer {
    if ("retryAfter" in outcome) {
      const { name, retryAfter } = outcome;
      return inInstance((core) => core.answerWaiting(name, retryAfter));
    }
    if ("error" in outcome) {
      const { name } = outcome;
      const { code, field, finding } = outcome.error;
      return inInstance((core) => core.answerError(name, code, field, finding));
    }
    return this.fixed(outcome.name);
  }

  fixed(name: FixedOutcome): Answer {
    return this.#fixed.get(name) as Answer;
  }
}
