import { isUint8Array, type Body } from "../body.js";
import { RawBodyGone } from "../receiver/incoming.js";
import type { NodeBody, NodeSource } from "./http.js";

/** The places where an application keeps a body that it has read. */
export interface Kept {
  readonly rawBody?: unknown;
  readonly body?: unknown;
}

/** What to do about a lost body on any host of Node. */
export const BODY_WAS_READ =
  "something has read the body before docutray-webhook, and the raw body is gone: give docutray-webhook the request before every body " +
  "parser; in an API route of Next.js, export const config = { api: { bodyParser: false } }; in NestJS, " +
  "NestFactory.create(AppModule, { rawBody: true }) on Express, and app.register(fastifyWebhook, { ... }) on Fastify; in Fastify, " +
  "app.register(fastifyWebhook, { ... })";

const KEEP_THE_BYTES =
  "request.rawBody is text, and decoding has changed it (it has U+FFFD or a lone surrogate, or begins with a BOM), so it is not " +
  "what was signed: keep the Buffer, not buffer.toString(). Express: express.json({ verify: (request, response, buffer) => " +
  "{ request.rawBody = buffer } }); fastify-raw-body: encoding: false";

/**
 * Yields a body's bytes as received: from the stream if nothing has read it, otherwise from where they were kept.
 *
 * @param kept - Where the body may be kept. Called after the stream has ended.
 * @param whatToDo - The error's message if the bytes are lost.
 * @param source - The request itself, if the stream is another object.
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

/** Yields an unread body. If the body is refused, the rest is dropped without closing the connection, so that the sender gets the answer. */
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

/** Yields a body that the application has read and kept. The kept body is complete once the stream has ended. */
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
    if (isUnchanged(rawBody)) {
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

/** Whether encoding the text gives back the bytes that it was decoded from. */
function isUnchanged(text: string): boolean {
  return text.isWellFormed() && !text.includes("\uFFFD") && !text.startsWith("\uFEFF");
}

function givenUp(): Error {
  return new Error("the sender gave up the request in the middle of its body");
}

declare function setImmediate(callback: () => void): unknown;

/** Over HTTP/2, the body of a reset stream may end like a complete one. Node reports the reset a moment later. */
async function wasGivenUp(source: NodeSource): Promise<boolean> {
  if ((source.httpVersionMajor ?? 1) >= 2) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return source.aborted === true;
}
