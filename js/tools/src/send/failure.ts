import type { Answered } from "../wire.js";

type Kind = Extract<Answered, { readonly failure: unknown }>["failure"];

/** Why there is no answer to a request. */
export class RequestFailure extends Error {
  readonly kind: Kind;

  /** Adds the code of the system's error, if there is one. */
  constructor(kind: Kind, message: string, cause?: unknown) {
    const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? ` (${cause.code})` : "";
    super(message + code, { cause });
    this.name = "RequestFailure";
    this.kind = kind;
  }
}
