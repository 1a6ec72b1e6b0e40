import type { Body } from "../body.js";
import type { HeadersLike } from "../headers.js";
import type { RequestHead } from "./outcome.js";

/** The bytes are gone: what to do stands in the cause, and its reader is not the sender. */
export class RawBodyGone extends Error {
  constructor(cause: unknown) {
    super("the raw body is gone", { cause });
  }
}

/** A body as it was before its host mistook it. */
export interface Misread {
  readonly bytes: Uint8Array;
  /** What is wrong, and what to do. */
  readonly reason: string;
}

/** A request as its host gives it. */
export interface Incoming extends RequestHead {
  /** All headers of the request. */
  readonly headers: HeadersLike;
  readonly contentLength: string | undefined;
  /**
   * The body's chunks. Called once, when the headers have passed. Whatever it throws says what to do about a body whose
   * bytes are gone; the chunks themselves say it by a {@link RawBodyGone}.
   */
  body(): AsyncIterable<Body>;
  /** Asked where the signature fits another body: other bytes that it may fit, and what that shows. */
  readonly misread?: (() => Misread | undefined) | undefined;
  /** Keeps the host alive for what goes on after the answer, where a host has that. */
  readonly waitUntil?: ((promise: Promise<unknown>) => void) | undefined;
  /** How long the host lets this request take, in seconds, if that may be less than the deadline. */
  readonly timeLeft?: number | undefined;
}
