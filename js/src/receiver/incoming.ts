import type { Body } from "../body.js";
import type { HeadersLike } from "../headers.js";
import type { RequestHead } from "./outcome.js";

/** The body's bytes are lost. The cause says what to do, for the operator and not for the sender. */
export class RawBodyGone extends Error {
  constructor(cause: unknown) {
    super("the raw body is gone", { cause });
  }
}

/** What the body may really be, if the host has read it in the wrong way. */
export interface Misread {
  readonly bytes: Uint8Array;
  /** What is wrong, and what to do. */
  readonly reason: string;
}

/** A request, as its host provides it. */
export interface Incoming extends RequestHead {
  /** Returns the absolute URL, as the host sees it. Called only for a `secret` or `url` function. */
  url(): string;
  /** All headers of the request. */
  readonly headers: HeadersLike;
  readonly contentLength: string | undefined;
  /**
   * Yields the body's chunks. Called once, after the headers have passed. If the bytes are lost, it throws any error, or the
   * iteration throws a {@link RawBodyGone}.
   */
  body(): AsyncIterable<Body>;
  /** Called if the signature does not fit the body. Returns other bytes for a second try. */
  readonly misread?: (() => Misread | undefined) | undefined;
  /** Keeps the host alive for work after the answer, on hosts that need it. */
  readonly waitUntil?: ((promise: Promise<unknown>) => void) | undefined;
  /** How long the host lets this request take, in seconds, if that may be less than the deadline. */
  readonly timeLeft?: number | undefined;
}
