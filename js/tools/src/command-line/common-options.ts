import type { Command, Options } from "../command.js";

const COMMON = {
  json: { type: "flag", summary: "print results as lines of JSON" },
  help: { type: "flag", summary: "show what the command does, and its options" },
} as const satisfies Options;

/** The options of a command, with those that all commands have. */
export function optionsOf(command: Command): Options {
  return { ...command.options, ...COMMON };
}

/** The environment variable of an option. */
export function variableOf(name: string): string {
  return `DOCUTRAY_WEBHOOK_${name.toUpperCase().replaceAll("-", "_")}`;
}

/** Asking for help is no setting. */
export function hasVariable(name: string): boolean {
  return name !== "help";
}
