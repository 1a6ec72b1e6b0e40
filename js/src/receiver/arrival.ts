import type { Body } from "../body.js";
import type { BodyCheck, Unfit } from "../body-check.js";
import type { Delivery } from "../delivery.js";
import { WebhookError } from "../error.js";
import type { WebhookEvent } from "../event.js";
import type { Verifier } from "../verifier.js";
import { Overloaded, type BodyBudget, type Share } from "./body-budget.js";
import type { Explanation } from "./explanation.js";
import { RawBodyGone, type Incoming } from "./incoming.js";
import type { Outcome } from "./outcome.js";
import { monotonic, within } from "./time.js";
import type { HeldVerifier } from "./verifier-cache.js";
import { NoSecret, type VerifierSource } from "./verifier-source.js";

/** An authentic delivery with its body, or why there is none. */
export type Arrived = { readonly delivery: Delivery; readonly body: WebhookEvent | Unfit } | { readonly noEvent: NoEvent };

/** Why there is no event. `delivery` is present if its metadata was verified, so never with `url: false`. */
export interface NoEvent {
  readonly outcome: Outcome;
  readonly delivery: Delivery | undefined;
  /** The host's error, for the log. It may contain the sender's text. */
  readonly reason?: unknown;
  /** Whether the error says more than that of other requests. */
  readonly isExplained?: boolean;
}

/** The body ended early: the sender disconnected, or something cut it on the way. */
class IncompleteBody extends Error {}

/** The body had not arrived completely by the deadline. */
class BodyTimeout extends Error {}

/**
 * Receives a request: checks the headers first, then reads the body as it arrives.
 *
 * @param explanation - Explains why metadata is not authentic.
 * @param deadline - By the monotonic clock, in seconds. An incomplete body is given up at that time.
 */
export async function arrive(
  verifiers: VerifierSource,
  incoming: Incoming,
  budget: BodyBudget,
  explanation: Explanation,
  deadline: number,
): Promise<Arrived> {
  let held: HeldVerifier;
  try {
    held = await verifiers.verifierFor(incoming, deadline);
  } catch (error) {
    return { noEvent: noEvent(error, undefined) };
  }
  try {
    return await judged(held.verifier, incoming, budget, explanation, deadline);
  } finally {
    held.release();
  }
}

async function judged(
  verifier: Verifier,
  incoming: Incoming,
  budget: BodyBudget,
  explanation: Explanation,
  deadline: number,
): Promise<Arrived> {
  let check: BodyCheck;
  try {
    check = verifier.begin(incoming.headers);
  } catch (error) {
    const chunks = () => toItsEnd(chunksOf(incoming));
    const better = await explanation.of(error, verifier, incoming, chunks, deadline);
    return { noEvent: { ...noEvent(better, undefined), isExplained: better !== error } };
  }
  const { delivery } = check;
  const share = budget.share();
  try {
    const arriving = received(check, incoming, share);
    const body = await within(deadline - monotonic(), arriving, () => {
      throw new BodyTimeout();
    });
    return { delivery, body };
  } catch (thrown) {
    const error = explained(thrown, verifier, incoming, share);
    return { noEvent: noEvent(error, delivery.metadataAuthenticated ? delivery : undefined) };
  } finally {
    share.end();
    check.free();
  }
}

async function received(check: BodyCheck, incoming: Incoming, share: Share): Promise<WebhookEvent | Unfit> {
  const length = announced(incoming.contentLength);
  check.expectLength(length);
  let came = 0;
  for await (const chunk of toItsEnd(chunksOf(incoming))) {
    // Throws for a chunk that arrives after the check was freed, so a body is read no further than its answer.
    check.update(chunk);
    share.take(leastBytes(chunk));
    came += typeof chunk === "string" ? Infinity : chunk.byteLength;
  }
  if (came < length) {
    // Some frameworks end the body at their own limit without an error. It would be reported as a signature mismatch.
    throw incomplete(new Error(`${came} bytes came, but Content-Length says ${length}`));
  }
  return check.settle();
}

/** Returns the bytes that a `Content-Length` (RFC 9110, 8.6) announces, or 0 if it is not a number. */
function announced(length: string | undefined): number {
  return length !== undefined && /^[0-9]+$/.test(length) ? Math.min(Number(length), Number.MAX_SAFE_INTEGER) : 0;
}

/** Text has at least as many bytes as UTF-16 code units. Only hosts with a limit of their own pass text, in one chunk. */
function leastBytes(chunk: Body): number {
  return typeof chunk === "string" ? chunk.length : chunk.byteLength;
}

function chunksOf(incoming: Incoming): AsyncIterable<Body> {
  try {
    return incoming.body();
  } catch (cause) {
    throw new RawBodyGone(cause);
  }
}

async function* toItsEnd(chunks: AsyncIterable<Body>): AsyncGenerator<Body, void> {
  try {
    yield* chunks;
  } catch (error) {
    throw error instanceof RawBodyGone ? error : incomplete(error);
  }
}

/** Returns a better explanation of a signature mismatch, if the signature fits the bytes that the host has misread. */
function explained(error: unknown, verifier: Verifier, incoming: Incoming, share: Share): unknown {
  const isMismatch = error instanceof WebhookError && error.code === "signature_mismatch";
  const misread = isMismatch ? incoming.misread?.() : undefined;
  return misread !== undefined && isSigned(verifier, incoming, misread.bytes, share)
    ? new RawBodyGone(new Error(misread.reason))
    : error;
}

function isSigned(verifier: Verifier, incoming: Incoming, bytes: Uint8Array, share: Share): boolean {
  try {
    share.take(bytes.byteLength);
    const check = verifier.begin(incoming.headers);
    // They are fewer than the bytes that were accepted, so they are not too many.
    check.update(bytes);
    check.settle();
    return true;
  } catch {
    return false;
  }
}

function incomplete(cause: unknown): IncompleteBody {
  return new IncompleteBody("the body ended early", { cause });
}

/** Converts an error to the reason why there is no event. Any other error is a bug of this package or of the host. */
function noEvent(error: unknown, delivery: Delivery | undefined): NoEvent {
  if (error instanceof WebhookError) {
    return { outcome: { name: "refused", error }, delivery };
  }
  if (error instanceof NoSecret) {
    return { outcome: { name: "verifier_unavailable" }, delivery, reason: error };
  }
  if (error instanceof Overloaded) {
    return { outcome: { name: "overloaded" }, delivery };
  }
  if (error instanceof BodyTimeout) {
    return { outcome: { name: "body_timeout" }, delivery };
  }
  if (error instanceof IncompleteBody) {
    return { outcome: { name: "incomplete_body" }, delivery, reason: error.cause };
  }
  if (error instanceof RawBodyGone) {
    return { outcome: { name: "raw_body_gone" }, delivery, reason: error.cause };
  }
  throw error;
}
