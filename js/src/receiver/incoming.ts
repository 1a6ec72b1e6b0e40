import type { Body } from "../body.js";
import type { HeadersLike } from "../headers.js";
import type { RequestHead } from "./outcome.js";

/** A request as its host gives it. */
export interface Incoming extends RequestHead {
  /** All of them. */
  readonly headers: HeadersLike;
  readonly contentLength: string | undefined;
  /** The body's chunks. Called once, when the headers have passed; it throws where the bytes are gone. */
  body(): AsyncIterable<Body>;
  /** Keeps the host alive for what goes on after the answer, where a host has that. */
  readonly waitUntil?: ((promise: Promise<unknown>) => void) | undefined;
  /** How long this host lets a request take, in seconds, where that can be less than the deadline. */
  readonly timeLeft?: number | undefined;
}
