import type { AnyValue, Option } from "../command.js";
import { misused } from "../exit.js";
import { didYouMean } from "./nearest.js";

/**
 * Reads an option's texts. `named` is what the person wrote: the option or the environment variable.
 *
 * @throws {CommandError} if they are not what the option takes.
 */
export function valueOf(option: Option, texts: readonly string[], named: string): AnyValue {
  const last = texts.at(-1) ?? "";
  switch (option.type) {
    case "flag":
      return flag(last, named);
    case "number":
      return numeric(option, last, named);
    case "text":
      return chosen(option.choices, last, named);
    case "list":
      return texts.map((text) => chosen(option.choices, text, named));
  }
}

/** @throws {CommandError} if the text is not one of the choices. */
export function chosen(choices: readonly string[] | undefined, text: string, named: string): string {
  if (choices !== undefined && !choices.includes(text)) {
    throw misused(`${named}: ${JSON.stringify(text)} is none of ${choices.join(", ")}.${didYouMean(text, choices)}`);
  }
  return text;
}

function flag(text: string, named: string): boolean {
  switch (text) {
    case "true":
    case "1":
      return true;
    case "false":
    case "0":
      return false;
    default:
      throw misused(`${named} must be true or false`);
  }
}

function numeric({ whole = false, minimum = -Infinity, maximum = Infinity }: Option, text: string, named: string): number {
  const value = /^-?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN;
  if (!(value >= minimum && value <= maximum) || (whole && !Number.isSafeInteger(value))) {
    throw misused(`${named} must be ${whole ? "a whole number" : "a number"}${range(minimum, maximum)}`);
  }
  return value;
}

function range(minimum: number, maximum: number): string {
  if (minimum === -Infinity) {
    return maximum === Infinity ? "" : `, at most ${maximum}`;
  }
  return maximum === Infinity ? `, at least ${minimum}` : ` from ${minimum} to ${maximum}`;
}
