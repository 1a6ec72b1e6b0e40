import type { Body } from "../body.js";
import type { HeadersLike } from "../headers.js";
import type { RequestHead } from "./outcome.js";

/** A request, as its host provides it. */
export interface Incoming extends RequestHead {
  /** All headers of the request. */
  readonly headers: HeadersLike;
  readonly contentLength: string | undefined;
  /** Yields the body's chunks. Called once, after the headers have passed. Throws if the bytes are lost. */
  body(): AsyncIterable<Body>;
  /** Keeps the host alive for work after the answer, on hosts that need it. */
  readonly waitUntil?: ((promise: Promise<unknown>) => void) | undefined;
  /** How long the host lets this request take, in seconds, if that may be less than the deadline. */
  readonly timeLeft?: number | undefined;
}
