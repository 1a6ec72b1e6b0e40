import type { Command, Operand, Option } from "../command.js";
import { variableOf } from "./common-options.js";

export const PROGRAM = "docutray-webhook";

/** What is the same for all commands. */
export const ABOUT = [
  `Every option of a command can also be set in the environment: --port is ${variableOf("port")}. An option on the command line counts more. A flag is true or false there, and an option that may be repeated has a line for each value.`,
  "Results go to stdout, everything else to stderr. With --json each result is a line of JSON.",
  "Exit codes: 0 fine, 1 what was checked is bad, 2 wrong usage, 3 no connection or the port is taken, 130 interrupted. NO_COLOR and FORCE_COLOR are respected.",
] as const;

/** Such as `docutray-webhook send EVENT... --to URL [OPTIONS]`. */
export function usageOf({ name, operands, options }: Command): string {
  const required = Object.entries(options).filter(([, option]) => option.required === true && option.secret !== true);
  return [
    PROGRAM,
    name,
    ...operands.map((operand) => bracketed(operand.name + (operand.many === true ? "..." : ""), operand.required)),
    ...required.map(([option, { value = "VALUE" }]) => `--${option} ${value}`),
    "[OPTIONS]",
  ].join(" ");
}

function bracketed(text: string, isRequired: boolean): string {
  return isRequired ? text : `[${text}]`;
}

/** Such as `--to URL`. */
export function optionUsage(name: string, { type, value = "VALUE" }: Option): string {
  return type === "flag" ? `--${name}` : `--${name} ${value}`;
}

/** What an option's summary leaves open. */
export function notesOn(option: Option): readonly string[] {
  return [
    ...(option.required === true ? ["required"] : []),
    ...(option.type === "list" ? ["may be repeated"] : []),
    ...(option.choices === undefined ? [] : [`one of ${option.choices.join(", ")}`]),
    ...(option.default === undefined ? [] : [`default ${option.default}`]),
  ];
}

/** What an operand is, and its values. */
export function describedOperand({ summary, choices, suggestions }: Operand): string {
  const values = choices ?? suggestions;
  return values === undefined ? summary : `${summary}: ${values.join(", ")}`;
}

/** With a capital letter and a full stop. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}
