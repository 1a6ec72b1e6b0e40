import type { Body } from "../body.js";
import type { BodyCheck, Unfit } from "../body-check.js";
import { WebhookError } from "../error.js";
import type { Delivery, WebhookEvent } from "../event.js";
import type { Verifier } from "../verifier.js";
import type { Incoming } from "./incoming.js";
import type { Outcome } from "./outcome.js";
import { report } from "./report.js";

/** A delivery that has arrived and is authentic, or what to answer where there is none. */
export type Arrived = { readonly delivery: Delivery; readonly body: WebhookEvent | Unfit } | { readonly refused: Refused };

/** The delivery is there where its metadata was verified, which it is not with `url: false`. */
export interface Refused {
  readonly outcome: Outcome;
  readonly delivery: Delivery | undefined;
}

/** The sender went away in the middle of its body, or something on the way cut it. */
class IncompleteBody extends Error {}

/** Takes a request in: headers first, then the body as it comes. */
export async function arrive(verifier: Verifier, incoming: Incoming): Promise<Arrived> {
  let check: BodyCheck;
  try {
    check = verifier.begin(incoming.headers);
  } catch (error) {
    return { refused: { outcome: refusal(error), delivery: undefined } };
  }
  const { delivery } = check;
  try {
    return { delivery, body: await received(check, incoming) };
  } catch (error) {
    return { refused: { outcome: refusal(error), delivery: delivery.metadataAuthenticated ? delivery : undefined } };
  } finally {
    check.free();
  }
}

async function received(check: BodyCheck, incoming: Incoming): Promise<WebhookEvent | Unfit> {
  const length = Number(incoming.contentLength ?? 0);
  if (Number.isSafeInteger(length) && length >= 0) {
    check.expectLength(length);
  }
  let came = 0;
  for await (const chunk of toItsEnd(chunksOf(incoming))) {
    check.update(chunk);
    came += bytesOf(chunk);
  }
  if (came < length) {
    // Some frameworks end the body at their own limit and say so to nobody: it would look like a forged one.
    throw incomplete(new Error(`${came} bytes came, but Content-Length says ${length}`));
  }
  return check.settle();
}

/** Text comes whole, and has more bytes than can be told from its length. */
function bytesOf(chunk: Body): number {
  return typeof chunk === "string" ? Infinity : chunk.byteLength;
}

/** The bytes are gone: what to do stands in the error, and its reader is not the sender. */
class RawBodyGone extends Error {}

function chunksOf(incoming: Incoming): AsyncIterable<Body> {
  try {
    return incoming.body();
  } catch (error) {
    report("the raw body is gone, so no delivery can be verified", error);
    throw new RawBodyGone();
  }
}

async function* toItsEnd(chunks: AsyncIterable<Body>): AsyncGenerator<Body, void> {
  try {
    yield* chunks;
  } catch (error) {
    throw incomplete(error);
  }
}

/** Only senders whose headers are authentic come this far, unless `url` is `false`: nobody else can fill the log. */
function incomplete(reason: unknown): IncompleteBody {
  report("a delivery's body did not come whole: its sender went away, or a limit of the framework or a proxy cut it", reason);
  return new IncompleteBody();
}

/** What is neither is a mistake of this package or of the host: not an answer, but an error. */
function refusal(error: unknown): Outcome {
  if (error instanceof WebhookError) {
    return { name: "refused", error };
  }
  if (error instanceof IncompleteBody) {
    return { name: "incomplete_body" };
  }
  if (error instanceof RawBodyGone) {
    return { name: "raw_body_gone" };
  }
  throw error;
}
