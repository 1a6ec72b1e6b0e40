import { open } from "node:fs/promises";
import { addAbortSignal, type Readable } from "node:stream";
import { CommandError, misused } from "./exit.js";

/** In bytes: more than any receiver accepts by default. */
const LIMIT = 256 * 1024 * 1024;

/**
 * Reads the bytes of a file, or of stdin if its name is `-`.
 *
 * @throws {CommandError} if it cannot be read, and the signal's reason if it is aborted.
 */
export async function readInput(name: string, signal: AbortSignal): Promise<Buffer> {
  try {
    if (name === "-") {
      return await whole(process.stdin, signal);
    }
    const file = await open(name);
    return await whole(file.createReadStream(), signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof CommandError) {
      throw error;
    }
    const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    throw misused(`${name === "-" ? "stdin" : JSON.stringify(name)} cannot be read${code}`);
  }
}

async function whole(stream: Readable, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of addAbortSignal(signal, stream) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LIMIT) {
      throw misused(`the input is larger than ${LIMIT / 1024 / 1024} MiB`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
