import type { Body } from "./body.js";
import type { HeadersLike } from "./headers.js";
import { valueKind } from "./value-kind.js";

/** The parts of a Web `Request` that are used. */
export interface WebRequest {
  readonly headers: HeadersLike;
  readonly body: ByteStream | null;
  readonly bodyUsed: boolean;
  readonly signal?: { readonly aborted: boolean };
  /** Used where a request has no member `body`, as in Firefox. */
  blob?(): Promise<unknown>;
}

interface ByteStream {
  readonly locked: boolean;
  getReader(): ByteReader;
}

interface ByteReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Body | undefined }>;
  cancel(reason?: unknown): Promise<void>;
  releaseLock(): void;
}

/**
 * Yields the body's chunks, reading each only when it is requested. Throws if the sender gave up the request.
 *
 * @param rest - What to do with the rest if not all chunks are read. On some servers, cancelling closes the connection, and the
 * sender gets no answer.
 */
export function bodyChunks(request: WebRequest, rest: "cancelled" | "left"): AsyncIterable<Body> {
  if (typeof request?.bodyUsed !== "boolean") {
    throw new TypeError(
      `verifyRequest takes a Web Request, but got ${valueKind(request)}. ` +
        "For a request of Node or Express: verifier.verifyNode(request)",
    );
  }
  if (request.bodyUsed || request.body?.locked) {
    throw new TypeError(
      "the request's body was read, or is being read, by other code. Call verifyRequest, or the handler, before " +
        "anything reads it: a middleware that needs the body too reads a request.clone(). Or read it once with " +
        'await request.arrayBuffer() and pass that to verify. In Elysia, give the route the option { parse: "none" }',
    );
  }
  return untilGivenUp(chunks(request, rest), request);
}

async function* untilGivenUp(chunks: AsyncIterable<Body>, request: WebRequest): AsyncGenerator<Body, void> {
  yield* chunks;
  // A server may end the body of an abandoned request like a complete one, as Node does over HTTP/2.
  if (request.signal?.aborted) {
    throw new Error("the sender gave up the request in the middle of its body");
  }
}

async function* chunks(request: WebRequest, rest: "cancelled" | "left"): AsyncGenerator<Body, void> {
  const stream = await streamOf(request);
  if (stream === null) {
    return;
  }
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        ended = true;
        return;
      }
      yield value as Body;
    }
  } finally {
    if (!ended && rest === "cancelled") {
      // Not awaited, since a source may take long to stop, or never report it.
      reader.cancel().catch(() => {});
    }
    reader.releaseLock();
  }
}

/** Firefox's requests have no `body`. Only a page makes requests there, so the browser holds all of the body already. */
async function streamOf(request: WebRequest): Promise<ByteStream | null> {
  if (request.body !== undefined || request.blob === undefined) {
    return request.body;
  }
  const blob = (await request.blob()) as { stream(): ByteStream };
  return blob.stream();
}
