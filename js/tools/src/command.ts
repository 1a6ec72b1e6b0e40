import type { Exit } from "./exit.js";
import type { Terminal } from "./terminal/terminal.js";

export type { Terminal } from "./terminal/terminal.js";

/** An option of a command, from which its parser, help, environment variable, documentation and completion are made. */
export interface Option {
  /** `flag`: no value. `list`: may be repeated; in the environment one on each line, and of secrets only one. */
  readonly type: "flag" | "text" | "number" | "list";
  /** What the help shows for its value, such as `URL` or `SECONDS`. `FILE` is completed with names of files. */
  readonly value?: string;
  readonly summary: string;
  readonly default?: string | number | boolean;
  /** The values that there are, where they are few. */
  readonly choices?: readonly string[];
  readonly required?: boolean;
  /** Never shown again, and asked for on a terminal where it is required and missing. */
  readonly secret?: boolean;
  /** Of a number. */
  readonly whole?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What stands behind a command's name. */
export interface Operand {
  /** Such as `EVENT` or `URL`. */
  readonly name: string;
  readonly summary: string;
  readonly required: boolean;
  /** Whether there may be several. Only the last operand of a command may be so. */
  readonly many?: boolean;
  /** The values that there are. */
  readonly choices?: readonly string[];
  /** Usual values, where there are others. */
  readonly suggestions?: readonly string[];
}

/** By their names without the dashes. Each is `DOCUTRAY_WEBHOOK_` and its name in capitals in the environment. */
export type Options = Readonly<Record<string, Option>>;

/** The value of an option: a flag is always true or false, a list always a list, and anything else may be absent. */
type Value<O extends Option> = O["type"] extends "flag"
  ? boolean
  : O["type"] extends "list"
    ? readonly string[]
    : (O["type"] extends "number" ? number : string) | (O extends { readonly default: unknown } | { readonly required: true } ? never : undefined);

export type AnyValue = string | number | boolean | readonly string[] | undefined;

export interface Command<Table extends Options = Options> {
  readonly name: string;
  /** One line. */
  readonly summary: string;
  readonly operands: readonly Operand[];
  readonly options: Table;
  readonly examples: readonly { readonly line: string; readonly does: string }[];
  run(run: Run<Table>): Promise<Exit>;
}

/** What a command gets. */
export interface Run<Table extends Options = Options> {
  readonly operands: readonly string[];
  /** By the options' names. */
  readonly options: Options extends Table ? Readonly<Record<string, AnyValue>> : { readonly [Name in keyof Table]: Value<Table[Name]> };
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** All commands, for help and completion. */
  readonly commands: readonly Command[];
}

/** Gives the options of a command the types that its table says. */
export function command<const Table extends Options>(definition: Command<Table>): Command {
  return definition as unknown as Command;
}
