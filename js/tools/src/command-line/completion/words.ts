import type { Command } from "../../command.js";
import { optionsOf } from "../common-options.js";

export function optionWords(command: Command): readonly string[] {
  return Object.keys(optionsOf(command)).map((name) => `--${name}`);
}

export function operandChoices({ operands }: Command): readonly string[] {
  return operands.flatMap(({ choices, suggestions }) => choices ?? suggestions ?? []);
}

/** In single quotes, as all Bourne shells read it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

export function takesFile(value: string | undefined): boolean {
  return value?.startsWith("FILE") === true;
}
