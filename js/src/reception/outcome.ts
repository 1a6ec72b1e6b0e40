import type { WebhookError } from "../error.js";
import type { Outcome } from "../generated/bindings.js";

export type { Outcome };

/** The outcome that tells this error. */
export function told(name: "kept" | "refused", error: WebhookError): Outcome {
  const { code, field, message: detail } = error;
  return { name, code, field, detail };
}
