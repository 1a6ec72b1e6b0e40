import type { IncomingMessage } from "node:http";
import type { Share } from "../../../src/receiver/body-budget.js";

/** A body as far as it was read. */
export interface RequestBody {
  /** One byte more than the limit at most. */
  readonly body: Buffer;
  /** How many bytes came until the limit, or were announced. */
  readonly bytes: number;
}

/**
 * Reads the body until its end, or until it is over the limit. Its bytes are taken from the budget.
 *
 * @returns `undefined` if the sender has gone before the end.
 * @throws {Overloaded}
 */
export async function readBody(request: IncomingMessage, most: number, share: Share): Promise<RequestBody | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Node reads what is left of a request only if nothing was read of it, and the sender has to get its answer.
  const skipRest = () => request.resume();
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      const wanted = chunk.subarray(0, most + 1 - bytes);
      share.take(wanted.length);
      chunks.push(wanted);
      bytes += wanted.length;
      if (bytes > most) {
        skipRest();
        return { body: Buffer.concat(chunks), bytes: Math.max(bytes, Number(request.headers["content-length"] ?? 0)) };
      }
    }
  } catch (error) {
    if (request.destroyed && !request.complete) {
      return undefined;
    }
    skipRest();
    throw error;
  }
  return request.complete ? { body: Buffer.concat(chunks), bytes } : undefined;
}
