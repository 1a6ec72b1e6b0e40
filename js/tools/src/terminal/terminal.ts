import type { ReadStream, WriteStream } from "node:tty";
import { painted, showsColours, type Style } from "./colours.js";
import { listenForKeys } from "./keys.js";
import { askHidden } from "./secret.js";

/** Where a command speaks. Data goes to stdout, words for people to stderr. */
export interface Terminal {
  /** Whether each result is a line of JSON (`--json`). */
  readonly json: boolean;
  /** A result: the line for people, or the object with `--json`. */
  data(line: string, object: { readonly type: string } & Record<string, unknown>): void;
  /** For people. Text that came from elsewhere goes through `printable` before. */
  say(line: string): void;
  /** Colours text on stdout, where stdout shows colours. */
  paint(style: Style, text: string): string;
  /** Reads a secret that is not shown. Undefined without a terminal, and if nothing is typed. */
  askSecret(question: string): Promise<string | undefined>;
  /** Single keys (`a`, `?`, `Enter`), where stdin and stdout are a terminal. The function that it returns ends that. Ctrl-C stays Ctrl-C. */
  onKey(listener: (key: string) => void): () => void;
}

/** What a terminal is made of. */
export interface TerminalOptions {
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  readonly stderr: WriteStream;
  readonly json: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Ends a question that waits for an answer. */
  readonly signal: AbortSignal;
}

export function terminalOf({ stdin, stdout, stderr, json, environment, signal }: TerminalOptions): Terminal {
  const colours = !json && showsColours(stdout, environment);
  return {
    json,
    data: (line, object) => void stdout.write(`${json ? JSON.stringify(object) : line}\n`),
    say: (line) => void stderr.write(`${line}\n`),
    paint: (style, text) => (colours ? painted(style, text) : text),
    askSecret: async (question) => (stdin.isTTY === true && stderr.isTTY === true ? await askHidden(question, stdin, stderr, signal) : undefined),
    onKey: (listener) => (stdin.isTTY === true && stdout.isTTY === true ? listenForKeys(stdin, listener) : () => {}),
  };
}
