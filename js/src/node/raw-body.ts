import { isUint8Array, type Body } from "../body.js";
import type { NodeBody, NodeSource } from "./http.js";

/**
 * A body's bytes as they came: from the stream if nobody has read it, else from where somebody has kept them.
 *
 * @param kept - Where that may be. Text is not the bytes: decoding has replaced what was not UTF-8.
 * @param whatToDo - The error's message where they are gone.
 * @param source - The request itself, where something stands between it and the stream.
 */
export function rawChunks(
  stream: NodeBody,
  kept: () => readonly unknown[],
  whatToDo: () => string,
  source: NodeSource = stream,
): AsyncIterable<Body> {
  if (!stream.readableDidRead && !stream.readableEncoding) {
    return unread(stream, source);
  }
  const bytes = kept().find(isUint8Array);
  if (bytes === undefined) {
    throw new Error(whatToDo());
  }
  return one(bytes);
}

/** A body that is refused does not take the connection with it: the rest is dropped, so that its sender hears of it. */
async function* unread(stream: NodeBody, source: NodeSource): AsyncGenerator<Body, void> {
  try {
    yield* stream.iterator({ destroyOnReturn: false });
  } finally {
    stream.resume();
  }
  if (await wasGivenUp(source)) {
    throw new Error("the sender gave up the request in the middle of its body");
  }
}

declare function setImmediate(callback: () => void): unknown;

/** Over HTTP/2 the body of a stream that was reset may end as a whole one does: Node hears of the reset a moment later. */
async function wasGivenUp(source: NodeSource): Promise<boolean> {
  if ((source.httpVersionMajor ?? 1) >= 2) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return source.aborted === true;
}

async function* one(bytes: Uint8Array): AsyncGenerator<Body, void> {
  yield bytes;
}
