import { WebhookError } from "./error.js";
import type { Problem } from "./options.js";

const CODE = "invalid_config";

/** The error for an option that the core does not know; `problem` goes on where the option's name ends. */
export function invalidConfig(option: string, problem: string): WebhookError {
  return invalidOptions([{ option, problem: `${option} ${problem}` }]);
}

/** The error for everything that is wrong at once; its field is the first option. */
export function invalidOptions(problems: readonly Problem[]): WebhookError {
  const message = `${CODE}: ${problems.map(({ problem }) => problem).join("; ")}`;
  return new WebhookError({ code: CODE, field: problems[0]?.option, status: 500, message });
}

/** What is wrong, out of a check that throws; anything else that it throws passes through as it is. */
export function problemsOf(check: () => void): Problem[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof WebhookError && error.code === CODE && error.field !== undefined) {
      return [{ option: error.field, problem: error.message.slice(CODE.length + 2) }];
    }
    throw error;
  }
}
