import { WebhookError } from "./error.js";

/** The error for an option that the core does not know. */
export function invalidConfig(option: string, problem: string): WebhookError {
  const code = "invalid_config";
  return new WebhookError({ code, field: option, status: 500, message: `${code}: ${option} ${problem}` });
}
