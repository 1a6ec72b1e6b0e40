import { isUint8Array, type Body } from "../body.js";
import { RawBodyGone } from "../receiver/incoming.js";
import type { NodeBody, NodeSource } from "./http.js";

/** Where a body may be that somebody has read before. */
export interface Kept {
  readonly rawBody?: unknown;
  readonly body?: unknown;
}

/** What to do about text that is not the body. */
const KEEP_THE_BYTES =
  "request.rawBody is text, and decoding has changed it (it has U+FFFD or a lone surrogate, or begins with a BOM), so it is not " +
  "what was signed: keep the Buffer, not buffer.toString(). Express: express.json({ verify: (request, response, buffer) => " +
  "{ request.rawBody = buffer } }); fastify-raw-body: encoding: false";

/**
 * A body's bytes as they came: from the stream if nobody has read it, else from where somebody has kept them.
 *
 * @param kept - Where that may be, asked when whoever reads the stream is done.
 * @param whatToDo - The error's message where they are gone.
 * @param source - The request itself, where something stands between it and the stream.
 */
export function rawChunks(
  stream: NodeBody,
  kept: () => Kept,
  whatToDo: () => string,
  source: NodeSource = stream,
): AsyncIterable<Body> {
  const isUnread = typeof stream.iterator === "function" && !stream.readableDidRead && !stream.readableEncoding;
  return isUnread ? unread(stream, source) : readByAnother(stream, kept, whatToDo, source);
}

/** A body that is refused does not take the connection with it: the rest is dropped, so that its sender hears of it. */
async function* unread(stream: NodeBody, source: NodeSource): AsyncGenerator<Body, void> {
  try {
    yield* stream.iterator({ destroyOnReturn: false });
  } finally {
    stream.resume();
  }
  if (await wasGivenUp(source)) {
    throw givenUp();
  }
}

/** What somebody keeps of a stream is whole when the stream has ended. */
async function* readByAnother(
  stream: NodeBody,
  kept: () => Kept,
  whatToDo: () => string,
  source: NodeSource,
): AsyncGenerator<Body, void> {
  if (stream.readableFlowing && !stream.readableEnded && !stream.destroyed) {
    await new Promise<void>((resolve) => void stream.once("end", resolve).once("close", resolve));
  }
  if (source.aborted) {
    throw givenUp();
  }
  yield keptBody(kept, whatToDo);
}

function keptBody(kept: () => Kept, whatToDo: () => string): Body {
  const { rawBody, body } = read(kept);
  const bytes = [rawBody, body].find(isUint8Array);
  if (bytes !== undefined) {
    return bytes;
  }
  if (typeof rawBody === "string" && rawBody !== "") {
    if (isDecodedWhole(rawBody)) {
      return rawBody;
    }
    throw new RawBodyGone(new Error(KEEP_THE_BYTES));
  }
  throw new RawBodyGone(new Error(whatToDo()));
}

function read(kept: () => Kept): Kept {
  try {
    const { rawBody, body } = kept();
    return { rawBody, body };
  } catch (cause) {
    throw new RawBodyGone(cause);
  }
}

/** Encoded again, it gives the bytes that it was decoded from. */
function isDecodedWhole(text: string): boolean {
  return text.isWellFormed() && !text.includes("\uFFFD") && !text.startsWith("\uFEFF");
}

function givenUp(): Error {
  return new Error("the sender gave up the request in the middle of its body");
}

declare function setImmediate(callback: () => void): unknown;

/** Over HTTP/2 the body of a stream that was reset may end as a whole one does: Node hears of the reset a moment later. */
async function wasGivenUp(source: NodeSource): Promise<boolean> {
  if ((source.httpVersionMajor ?? 1) >= 2) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return source.aborted === true;
}
