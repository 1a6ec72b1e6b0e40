import type { Command, Operand, Option } from "../command.js";

export const PROGRAM = "docutray-webhook";

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
