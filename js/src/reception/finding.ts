import type { WebhookError } from "../error.js";

/**
 * What a sender is told of an error: the core's finding. The error's message is the operator's, since it may tell of the
 * configuration.
 */
export function finding(error: WebhookError): string {
  const told: unknown = Reflect.get(error, "finding");
  return typeof told === "string" ? told : error.code;
}
