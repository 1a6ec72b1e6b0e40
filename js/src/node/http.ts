// The parts of requests and responses that the handlers use, of node:http, node:http2 and frameworks on top of them.

import type { Body } from "../body.js";
import type { Incoming } from "../receiver/incoming.js";
import type { Answer } from "../receiver/outcome.js";
import { absoluteUrl } from "../receiver/received-request.js";

/** The fields that tell whether the sender has disconnected. */
export interface NodeSource {
  readonly aborted?: boolean;
  readonly httpVersionMajor?: number;
}

/** A body that is arriving: a `Readable` of `node:stream`. */
export interface NodeBody extends NodeSource {
  readonly readableDidRead?: boolean;
  readonly readableEncoding?: string | null;
  readonly readableFlowing?: boolean | null;
  readonly readableEnded?: boolean;
  readonly destroyed?: boolean;
  iterator(options: { destroyOnReturn: boolean }): AsyncIterable<Body>;
  resume(): unknown;
  once(event: "end" | "close", listener: () => void): NodeBody;
}

/** Headers as Node has them, by lower-case names. */
export interface NodeHeaders {
  readonly "content-type"?: string | undefined;
  readonly "content-encoding"?: string | undefined;
  readonly "content-length"?: string | undefined;
  readonly [name: string]: string | string[] | undefined;
}

/** A request of `node:http`, `node:http2` or Express. */
export interface NodeRequest extends NodeBody {
  readonly method?: string | undefined;
  readonly headers: NodeHeaders;
  /** `node:http` has it, and `node:http2` does not. */
  readonly headersDistinct?: Readonly<Record<string, readonly string[] | undefined>> | undefined;
  readonly url?: string | undefined;
  /** Express's: the URL before a router has cut off its own path. */
  readonly originalUrl?: string | undefined;
  /** A `TLSSocket` also has `encrypted`. Its type says less, because Node's own `Socket` has no such member. */
  readonly socket?: object | undefined;
  /** The bytes or their text, if the host has read them: Google's functions, NestJS. */
  readonly rawBody?: unknown;
  /** What a body parser has left: with `express.raw()`, the bytes. */
  readonly body?: unknown;
}

/** The response to a request. */
export interface NodeResponse {
  statusCode: number;
  readonly headersSent: boolean;
  setHeader(name: string, value: string): unknown;
  end(body: string): unknown;
  once?(event: "finish" | "close", listener: () => void): unknown;
}

/** Returns the request for the receiver, with a body from any source. */
export function incoming(request: NodeRequest, body: Incoming["body"]): Incoming {
  const { method = "", headers, headersDistinct } = request;
  return {
    method,
    url: () => requestUrl(request),
    headers,
    // Of a repeated Content-Type, `headers` has only the first value.
    contentType: headersDistinct?.["content-type"]?.join(", ") ?? headers["content-type"],
    contentEncoding: headers["content-encoding"],
    contentLength: headers["content-length"],
    body,
  };
}

function requestUrl({ url = "/", originalUrl = url, headers, socket }: NodeRequest): string {
  const host = headers[":authority"] ?? headers["host"];
  return absoluteUrl(isEncrypted(socket) ? "https" : "http", String(host), originalUrl);
}

function isEncrypted(socket: object | undefined): boolean {
  return socket !== undefined && "encrypted" in socket && socket.encrypted === true;
}

const REQUEST_TIMEOUT = 408;

/** Returns the answer's headers. Closes the connection of a stalled body, which HTTP/2 does by itself. */
export function answerHeaders(request: NodeRequest, { status, headers }: Answer): Record<string, string> {
  const isLast = status === REQUEST_TIMEOUT && (request.httpVersionMajor ?? 1) < 2;
  return isLast ? { ...headers, connection: "close" } : { ...headers };
}

/**
 * Sends the answer, unless something else has answered, such as a timeout of the application. It never throws.
 *
 * @param failed - Called if that fails.
 */
export function send(request: NodeRequest, response: NodeResponse, answer: Answer, failed: (error: unknown) => void): void {
  try {
    if (response.headersSent) {
      return;
    }
    response.statusCode = answer.status;
    for (const [name, value] of Object.entries(answerHeaders(request, answer))) {
      response.setHeader(name, value);
    }
    response.end(answer.body);
  } catch (error) {
    // A server does not await its listener. A rejection would end the process.
    failed(error);
  }
}
