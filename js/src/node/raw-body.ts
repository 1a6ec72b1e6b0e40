import { isUint8Array, type Body } from "../body.js";
import type { NodeBody, NodeSource } from "./http.js";

/**
 * Yields a body's bytes as received: from the stream if nothing has read it, otherwise from where they were kept.
 *
 * @param kept - Where the bytes may be. Text does not count, because decoding has replaced invalid UTF-8.
 * @param whatToDo - The error's message if the bytes are lost.
 * @param source - The request itself, if the stream is another object.
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

/** Yields an unread body. If the body is refused, the rest is dropped without closing the connection, so that the sender gets the answer. */
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

/** Over HTTP/2, the body of a reset stream may end like a complete one. Node reports the reset a moment later. */
async function wasGivenUp(source: NodeSource): Promise<boolean> {
  if ((source.httpVersionMajor ?? 1) >= 2) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return source.aborted === true;
}

async function* one(bytes: Uint8Array): AsyncGenerator<Body, void> {
  yield bytes;
}
