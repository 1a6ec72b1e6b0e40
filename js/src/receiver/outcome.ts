import type { WebhookError, WebhookErrorCode } from "../error.js";
import { values, type Fields } from "../module/fields.js";
import { inInstance } from "../module/instance.js";

/** The result of a request: a row of the core's table of answers. */
export type Outcome =
  | { readonly name: "processed" | "duplicate" | "acknowledged" }
  | { readonly name: "method_not_allowed" | "unsupported_media_type" | "unsupported_content_encoding" }
  | { readonly name: "incomplete_body" | "raw_body_gone" }
  | { readonly name: "body_timeout" | "overloaded" | "verifier_unavailable" }
  | { readonly name: "store_unavailable" | "handler_failed" }
  | { readonly name: "busy" | "lease_lost" | "late"; readonly retryAfter: number }
  | { readonly name: "kept" | "refused"; readonly error: WebhookError };

type Inadmissible = "method_not_allowed" | "unsupported_media_type" | "unsupported_content_encoding";

/** An outcome that always has the same answer. */
export type FixedOutcome = Exclude<Outcome, { readonly retryAfter: number } | { readonly error: WebhookError }>["name"];

const FIXED: { readonly [Name in FixedOutcome]: true } = {
  processed: true,
  duplicate: true,
  acknowledged: true,
  method_not_allowed: true,
  unsupported_media_type: true,
  unsupported_content_encoding: true,
  incomplete_body: true,
  raw_body_gone: true,
  body_timeout: true,
  overloaded: true,
  verifier_unavailable: true,
  store_unavailable: true,
  handler_failed: true,
};

/** An outcome in one word. */
export type Verdict =
  | "processed"
  | "duplicate"
  | "acknowledged"
  | "kept"
  | "refused"
  | "busy"
  | "late"
  | "unavailable"
  | "failed";

/** The code of a problem: of an error of the verifier, or of another outcome that is not good. */
export type OutcomeCode =
  | WebhookErrorCode
  | "method_not_allowed"
  | "unsupported_media_type"
  | "unsupported_content_encoding"
  | "incomplete_body"
  | "raw_body_gone"
  | "overloaded"
  | "verifier_unavailable"
  | "store_unavailable"
  | "handler_failed"
  | "busy"
  | "lease_lost"
  | "deadline_exceeded";

/** The HTTP response to the sender. Header names are in lower case. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A row of the table of answers: an outcome's words for logs, and its answer. */
export interface AnswerRow {
  readonly verdict: Verdict;
  /** The code of the problem, if there is one. */
  readonly code: OutcomeCode | undefined;
  readonly answer: Answer;
}

/** The tags of the fields that describe an outcome, and of an answer's fields. `js/wasm/src/answer.rs` has the same. */
const [NAME, ERROR_CODE, ERROR_FIELD, ERROR_FINDING] = [0, 1, 2, 3] as const;
const [METHOD, CONTENT_TYPE, CONTENT_ENCODING] = [0, 1, 2] as const;
const [VERDICT, CODE, STATUS, BODY, HEADER_NAME, HEADER_VALUE] = [0, 1, 2, 3, 4, 5] as const;

/** The table of answers. Fixed answers are read once at the start, so that an answer is available even if the core fails later. */
export class Answers {
  readonly #fixed = new Map<string, AnswerRow>();

  constructor() {
    for (const name of Object.keys(FIXED)) {
      this.#fixed.set(name, row([[NAME, name]]));
    }
  }

  to(outcome: Outcome): AnswerRow {
    if ("retryAfter" in outcome) {
      return row([[NAME, outcome.name]], outcome.retryAfter);
    }
    if ("error" in outcome) {
      const { code, field, finding } = outcome.error;
      const told: Fields = [[NAME, outcome.name], [ERROR_CODE, code], [ERROR_FINDING, finding]];
      return row(field === undefined ? told : [...told, [ERROR_FIELD, field]]);
    }
    return this.fixed(outcome.name);
  }

  fixed(name: FixedOutcome): AnswerRow {
    return this.#fixed.get(name) as AnswerRow;
  }
}

/** The part of a request that tells whether it can be a delivery. */
export interface RequestHead {
  readonly method: string;
  /** Repeated values are joined by commas, as of `contentEncoding`. */
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
}

/** Returns the outcome of a request that cannot be a delivery, or `undefined` if it can. */
export function inadmissible({ method, contentType, contentEncoding }: RequestHead): Inadmissible | undefined {
  const asked: [tag: number, value: string][] = [[METHOD, method]];
  if (contentType !== undefined) {
    asked.push([CONTENT_TYPE, contentType]);
  }
  if (contentEncoding !== undefined) {
    asked.push([CONTENT_ENCODING, contentEncoding]);
  }
  const fields = inInstance((core, instance) => {
    core.admit(instance.write(asked));
    return instance.fields();
  });
  return values(fields, NAME)[0] as Inadmissible | undefined;
}

/** @throws `Error` for an outcome that does not exist. */
function row(outcome: Fields, retryAfter?: number): AnswerRow {
  const fields = inInstance((core, instance) => {
    core.answer(instance.write(outcome), retryAfter);
    return instance.fields();
  });
  const first = (tag: number) => values(fields, tag)[0];
  const verdict = first(VERDICT);
  if (verdict === undefined) {
    throw new Error("the core of docutray-webhook has no such outcome");
  }
  const headerValues = values(fields, HEADER_VALUE);
  return {
    verdict: verdict as Verdict,
    code: first(CODE) as OutcomeCode | undefined,
    answer: {
      status: Number(first(STATUS)),
      headers: Object.fromEntries(values(fields, HEADER_NAME).map((name, place) => [name, headerValues[place]!])),
      body: first(BODY)!,
    },
  };
}
