import { WebhookError } from "./error.js";
import type { Problem } from "./options.js";

const CODE = "invalid_config";

/** The error for one option that the core does not know; `problem` goes on where the option's name ends. */
export function invalidConfig(option: string, problem: string): WebhookError {
  return invalidOptions([{ option, problem: `${option} ${problem}` }]);
}

/** The error for everything that is wrong at once; its field is the first option. */
export function invalidOptions(problems: readonly Problem[]): WebhookError {
  const message = `${CODE}: ${problems.map(({ problem }) => problem).join("; ")}`;
  return new WebhookError({ code: CODE, field: problems[0]?.option, status: 500, message });
}

/**
 * What each check comes to.
 *
 * @param unknown - What is wrong with the options' names.
 * @throws {@link WebhookError} `invalid_config` with everything that is wrong, whatever number of checks found it. Anything
 * else that a check throws passes through as it is.
 */
export function allChecked<Checked extends object>(
  unknown: readonly Problem[],
  checks: { readonly [Name in keyof Checked]: () => Checked[Name] },
): Checked {
  const checked: Partial<Checked> = {};
  const problems: Problem[] = [];
  for (const name of Object.keys(checks) as (keyof Checked)[]) {
    try {
      checked[name] = checks[name]();
    } catch (error) {
      problems.push(problemOf(error));
    }
  }
  problems.push(...unknown);
  if (problems.length > 0) {
    throw invalidOptions(problems);
  }
  return checked as Checked;
}

function problemOf(error: unknown): Problem {
  if (error instanceof WebhookError && error.code === CODE && error.field !== undefined) {
    return { option: error.field, problem: error.message.slice(CODE.length + 2) };
  }
  throw error;
}
