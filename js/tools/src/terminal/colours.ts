import type { WriteStream } from "node:tty";

export type Style = "good" | "bad" | "warn" | "dim" | "bold";

const CODES: Record<Style, readonly [on: number, off: number]> = {
  good: [32, 39],
  bad: [31, 39],
  warn: [33, 39],
  dim: [2, 22],
  bold: [1, 22],
};

/** Whether to colour what goes to a stream. `FORCE_COLOR` wins over `NO_COLOR`, and both over what the stream is. */
export function showsColours(stream: Pick<WriteStream, "isTTY">, environment: Readonly<Record<string, string | undefined>>): boolean {
  const forced = environment["FORCE_COLOR"];
  if (forced !== undefined && forced !== "") {
    return forced !== "0" && forced !== "false";
  }
  const isRefused = (environment["NO_COLOR"] ?? "") !== "" || environment["TERM"] === "dumb";
  return stream.isTTY === true && !isRefused;
}

export function painted(style: Style, text: string): string {
  const [on, off] = CODES[style];
  return `\u001b[${on}m${text}\u001b[${off}m`;
}
