import { isFailure } from "./module/instance.js";

/** The check that failed, the same on every host, in the order of the pipeline's steps. */
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

/** The fields of a {@link WebhookError}. */
export interface WebhookErrorInit {
  readonly code: WebhookErrorCode;
  readonly field?: string | undefined;
  readonly status: WebhookErrorStatus;
  readonly message: string;
  /** What the sender may be told. */
  readonly finding?: string | undefined;
}

/**
 * Why a delivery was refused, or why a `Verifier` could not be made.
 *
 * `message` says in one line what is wrong, what was expected and what to do. It contains no secret and nothing of the
 * body, so it is safe to log. It is for the operator; tell the sender only `finding`.
 */
export class WebhookError extends Error implements WebhookErrorInit {
  static {
    // On the prototype, as for built-in errors, so that the stack begins with the name even in minified code.
    Object.defineProperty(this.prototype, "name", { value: "WebhookError", configurable: true, writable: true });
  }

  /** The check that failed. */
  readonly code: WebhookErrorCode;
  /** What is at fault, if it is one thing: a header's name in lower case, a path in the payload (`alternatives[1].code`), an option. */
  readonly field: string | undefined;
  /** The HTTP status to answer with: 400 headers and payload, 401 signatures and time, 413 size, 500 configuration. */
  readonly status: WebhookErrorStatus;
  /** What is wrong, without anything about secrets and URLs. The sender may be told only this. Not enumerable. */
  declare readonly finding: string;

  /** For this package, and for tests of code that handles errors. */
  constructor(init: WebhookErrorInit) {
    super(init.message);
    this.code = init.code;
    this.field = init.field;
    this.status = init.status;
    Object.defineProperty(this, "finding", { value: init.finding ?? init.code });
  }

  /** What `JSON.stringify` and JSON loggers write. Without it, they would leave out the name and the message. */
  toJSON(): { name: string; code: WebhookErrorCode; field: string | undefined; status: WebhookErrorStatus; message: string } {
    const { name, code, field, status, message } = this;
    return { name, code, field, status, message };
  }
}

/** Calls the core. Throws its refusals as {@link WebhookError}, and anything else unchanged. */
export function translated<T>(call: () => T): T {
  try {
    return call();
  } catch (thrown) {
    throw isFailure(thrown) ? new WebhookError(thrown as WebhookErrorInit) : thrown;
  }
}
