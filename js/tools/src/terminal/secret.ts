import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import type { ReadStream, WriteStream } from "node:tty";

/** Asks a question, and shows nothing of what is typed. */
export async function askHidden(question: string, input: ReadStream, output: WriteStream): Promise<string | undefined> {
  output.write(question);
  // readline echoes to its output.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  try {
    return await new Promise((resolve) => {
      lines.once("line", (line) => resolve(line === "" ? undefined : line));
      lines.once("close", () => resolve(undefined));
      lines.once("SIGINT", () => {
        lines.close();
        process.kill(process.pid, "SIGINT");
      });
    });
  } finally {
    lines.close();
    output.write("\n");
  }
}
