import type { Exit } from "./exit.js";

/** An option of a command, from which its parser, help, environment variable, documentation and completion are made. */
export interface Option {
  /** `flag`: no value. `list`: may be repeated. */
  readonly type: "flag" | "text" | "number" | "list";
  /** What the help shows for its value, such as `URL` or `SECONDS`. */
  readonly value?: string;
  readonly summary: string;
  readonly default?: string | number | boolean;
  /** The values that there are, where they are few. */
  readonly choices?: readonly string[];
  /** Never shown again, and asked for on a terminal where it is needed and missing. */
  readonly secret?: boolean;
}

export interface Command {
  readonly name: string;
  /** One line. */
  readonly summary: string;
  /** What stands behind the name: `EVENT`, `URL`. */
  readonly operands: readonly { readonly name: string; readonly summary: string; readonly required: boolean }[];
  /** By their names without the dashes. Each is `DOCUTRAY_WEBHOOK_` and its name in capitals in the environment. */
  readonly options: Readonly<Record<string, Option>>;
  readonly examples: readonly { readonly line: string; readonly does: string }[];
  run(run: Run): Promise<Exit>;
}

/** What a command gets. */
export interface Run {
  readonly operands: readonly string[];
  /** By the options' names. */
  readonly options: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Where a command speaks. Data goes to stdout, words for people to stderr. */
export interface Terminal {
  /** Whether each result is a line of JSON (`--json`). */
  readonly json: boolean;
  /** A result: the line for people, or the object with `--json`. */
  data(line: string, object: { readonly type: string } & Record<string, unknown>): void;
  /** For people. */
  say(line: string): void;
  /** Colours text on stdout, where stdout shows colours. */
  paint(style: "good" | "bad" | "warn" | "dim" | "bold", text: string): string;
  /** Reads a secret that is not shown. Undefined without a terminal. */
  askSecret(question: string): Promise<string | undefined>;
  /** Single keys, where stdin and stdout are a terminal. */
  onKey(listener: (key: string) => void): () => void;
}
