import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import type { ReadStream, WriteStream } from "node:tty";

/**
 * Asks a question, and shows nothing of what is typed.
 *
 * @throws the signal's reason if it is aborted.
 */
export async function askHidden(question: string, input: ReadStream, output: WriteStream, signal: AbortSignal): Promise<string | undefined> {
  // readline echoes to its output.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true, historySize: 0, signal });
  try {
    // Only now, when the terminal itself no longer shows what is typed.
    output.write(question);
    const answer = await new Promise<string>((resolve) => {
      lines.once("line", resolve);
      lines.once("close", () => resolve(""));
      // readline takes Ctrl-C from the terminal.
      lines.once("SIGINT", () => process.emit("SIGINT"));
    });
    signal.throwIfAborted();
    return answer === "" ? undefined : answer;
  } finally {
    lines.close();
    output.write("\n");
  }
}
