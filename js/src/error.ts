import { isFailure } from "./module/instance.js";

/** Which check failed, the same on every host; in the order of the checks. */
export type WebhookErrorCode =
  | "missing_header"
  | "duplicate_header"
  | "malformed_header"
  | "auth_signature_mismatch"
  | "timestamp_too_old"
  | "timestamp_too_new"
  | "body_too_large"
  | "signature_mismatch"
  | "malformed_payload"
  | "event_mismatch"
  | "invalid_config";

/** The HTTP statuses to answer with. */
export type WebhookErrorStatus = 400 | 401 | 413 | 500;

/** What a {@link WebhookError} is made of. */
export interface WebhookErrorInit {
  readonly code: WebhookErrorCode;
  readonly field?: string | undefined;
  readonly status: WebhookErrorStatus;
  readonly message: string;
  /** What a sender may be told. */
  readonly finding?: string | undefined;
}

/**
 * Why a delivery was refused, or a `Verifier` not made.
 *
 * `message` says in one line what is wrong, what was expected and what to do. It holds nothing secret and nothing of
 * the body: it is safe to log. It is for the operator: a sender is told `finding` alone.
 */
export class WebhookError extends Error implements WebhookErrorInit {
  static {
    // On the prototype, as with the language's own errors: the stack begins with it, minified or not.
    Object.defineProperty(this.prototype, "name", { value: "WebhookError", configurable: true, writable: true });
  }

  /** Which check failed. */
  readonly code: WebhookErrorCode;
  /** Where there is one: a header's name in lower case, a path in the payload (`alternatives[1].code`), an option. */
  readonly field: string | undefined;
  /** The HTTP status to answer with: 400 headers and payload, 401 signatures and time, 413 size, 500 configuration. */
  readonly status: WebhookErrorStatus;
  /** What is wrong, without a word about the configuration: all that a sender may be told. Not enumerable. */
  declare readonly finding: string;

  /** Only this package has reason to make one, and a test of what handles it. */
  constructor(init: WebhookErrorInit) {
    super(init.message);
    this.code = init.code;
    this.field = init.field;
    this.status = init.status;
    Object.defineProperty(this, "finding", { value: init.finding ?? init.code });
  }
}

/** Calls the core; its refusal becomes a {@link WebhookError}, anything else passes through as it is. */
export function translated<T>(call: () => T): T {
  try {
    return call();
  } catch (thrown) {
    throw isFailure(thrown) ? new WebhookError(thrown as WebhookErrorInit) : thrown;
  }
}
