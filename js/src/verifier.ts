/// <reference lib="esnext.disposable" preserve="true" />
import { rawBody, type Body } from "./body.js";
import { BodyCheck, settle, Unfit } from "./body-check.js";
import type { Delivery } from "./delivery.js";
import { translated } from "./error.js";
import type { WebhookEvent } from "./event.js";
import { headerFields, type HeadersLike } from "./headers.js";
import type { ConfigProblem } from "./module/failure.js";
import { isFailure } from "./module/instance.js";
import type { NodeRequest } from "./node/http.js";
import { requestChunks } from "./node/request-chunks.js";
import { invalidOptions } from "./options.js";
import { PreparedVerifier } from "./prepared.js";
import { write } from "./receiver/logger.js";
import { bodyChunks, type WebRequest } from "./request.js";
import { inOrder, readVerifierOptions, type ReadVerifierOptions, type VerifierOptions } from "./verifier-options.js";

/**
 * Verifies deliveries. Make one and use it for every request.
 *
 * It is synchronous and keeps no state of deliveries: the same input gives the same verdict, and no input affects later
 * ones.
 */
export class Verifier {
  #prepared: PreparedVerifier | undefined;

  /**
   * @throws {@link WebhookError} `invalid_config`. Its `field` names the first wrong option, and its message names everything
   * that is wrong. `TypeError` without options.
   *
   * What looks like a mistake in a secret, such as quotation marks or a line end, is a warning on the console. The secret is used
   * exactly as given all the same, and the warning does not contain it.
   */
  constructor(options: VerifierOptions);
  /** @internal */
  constructor(options: VerifierOptions, warn: (warning: string) => void);
  constructor(options: VerifierOptions, warn: (warning: string) => void = onConsole) {
    if (typeof options !== "object" || options === null) {
      throw new TypeError("no options: new Verifier({ secret, url }) needs the webhook's secret and registered URL");
    }
    const { prepared, problems } = prepare(readVerifierOptions(options));
    if (prepared === undefined) {
      throw invalidOptions(inOrder(problems));
    }
    this.#prepared = prepared;
    prepared.secretHints.forEach((hint) => warn(hint));
  }

  /**
   * The size of the largest body that is accepted, in bytes.
   *
   * @internal
   */
  get maxBody(): number {
    return this.#live().maxBody;
  }

  /**
   * Verifies a delivery whose whole body is available: both signatures, the timestamp and the payload.
   *
   * @param headers - All headers of the request.
   * @param body - The exact bytes as received, not parsed and serialised again.
   * @param now - Unix time in seconds. Default is the host's clock.
   * @throws {@link WebhookError} for a delivery that must not be trusted; `TypeError` for arguments of the wrong type; an `Error`
   * whose `name` is `InstanceLost` if the host has no memory left, which says nothing about the delivery: answer 503, so that it is
   * sent again; an `Error` after {@link free}.
   */
  verify(headers: HeadersLike, body: Body, now?: number): WebhookEvent {
    const raw = rawBody(body);
    const fields = headerFields(headers);
    const time = unixSeconds(now);
    const prepared = this.#live();
    const settled = settle(prepared, fields, raw, time, true);
    if (settled instanceof Unfit) {
      throw settled.error;
    }
    return settled;
  }

  /**
   * Verifies a delivery's metadata without its body, for an authorizer that never sees the body.
   *
   * **The body is not verified and may be forged; pass it to {@link verify}.** With `url: false` nothing can be authenticated:
   * the grammar and the timestamp are checked, and `metadataAuthenticated` is `false`.
   *
   * @param headers - All headers of the request. `X-Docutray-Signature` is not required.
   * @param now - Unix time in seconds. Default is the host's clock.
   * @throws The same as {@link verify}, up to the timestamp's errors.
   */
  authorize(headers: HeadersLike, now?: number): Delivery {
    const fields = headerFields(headers);
    return translated(() => this.#live().authorize(fields, unixSeconds(now)));
  }

  /**
   * Verifies a delivery's metadata before its body arrives. The returned {@link BodyCheck} takes the body in chunks.
   *
   * ```ts
   * const check = verifier.begin(request.headers);
   * for await (const chunk of request) check.update(chunk);
   * const event = check.finish();
   * ```
   *
   * @param headers - All headers of the request.
   * @param now - Unix time in seconds. Default is the host's clock.
   * @throws The same as {@link verify}, up to the timestamp's errors.
   */
  begin(headers: HeadersLike, now?: number): BodyCheck {
    const fields = headerFields(headers);
    return new BodyCheck(this.#live(), fields, unixSeconds(now));
  }

  /**
   * Verifies a Web `Request`. Its body is read as it arrives, and cancelled as soon as it exceeds the limit.
   *
   * If the payload does not fit its event (`malformed_payload`, `event_mismatch`), the error does not contain the body, which is consumed by
   * then. To keep such deliveries, read the bytes yourself and call {@link verify}, or use a handler with `onUnfit`.
   *
   * @param request - A request whose body nobody has read.
   * @param now - Unix time in seconds. Default is the host's clock.
   * @throws The same as {@link verify}, and the error of the body's stream if the sender gave up the request before the body's
   * end. If the headers are refused, the body is left unread.
   */
  async verifyRequest(request: WebRequest, now?: number): Promise<WebhookEvent> {
    const chunks = bodyChunks(request, "cancelled");
    return this.#verifyChunks(request.headers, chunks, now);
  }

  /**
   * Verifies a request of Node: of `node:http`, `node:http2` or Express. Its body is read as it arrives, and dropped as soon as
   * it exceeds the limit.
   *
   * ```ts
   * app.post("/hooks", async (request, response) => {
   *   const event = await verifier.verifyNode(request);
   *   response.sendStatus(200);
   * });
   * ```
   *
   * If the application has read the body already, its bytes are taken from `request.rawBody` or `request.body`.
   *
   * If the payload does not fit its event (`malformed_payload`, `event_mismatch`), the error does not contain the body, which is consumed by
   * then. To keep such deliveries, read the bytes yourself and call {@link verify}, or use a handler with `onUnfit`.
   *
   * @param request - The request. No body parser should have read it.
   * @param now - Unix time in seconds. Default is the host's clock.
   * @throws The same as {@link verify}; `TypeError` if the body's bytes are lost, which says what to do; and the error of the
   * body's stream if the sender gave up the request before the body's end.
   */
  async verifyNode(request: NodeRequest, now?: number): Promise<WebhookEvent> {
    const chunks = requestChunks(request);
    return this.#verifyChunks(request.headers, chunks, now);
  }

  /** Frees the prepared secrets now, not only when garbage-collected. May be called again. */
  free(): void {
    this.#prepared?.release();
    this.#prepared = undefined;
  }

  /** Calls {@link free}, for `using`. */
  [Symbol.dispose](): void {
    this.free();
  }

  async #verifyChunks(headers: HeadersLike, chunks: AsyncIterable<Body>, now: number | undefined): Promise<WebhookEvent> {
    const check = this.begin(headers, now);
    try {
      for await (const chunk of chunks) {
        check.update(chunk);
      }
      return check.finish();
    } finally {
      check.free();
    }
  }

  #live(): PreparedVerifier {
    if (this.#prepared === undefined) {
      throw new Error("this Verifier was freed: make a new one, or call free() later");
    }
    return this.#prepared;
  }
}

function onConsole(warning: string): void {
  write(console, "warn", `docutray-webhook: ${warning}`);
}

/** Prepares a verifier, or returns what is wrong with its options: their types, and what the core finds. */
function prepare({ options, problems }: ReadVerifierOptions): { prepared?: PreparedVerifier; problems: readonly ConfigProblem[] } {
  try {
    const prepared = new PreparedVerifier(options);
    if (problems.length === 0) {
      return { prepared, problems };
    }
    prepared.release();
    return { problems };
  } catch (thrown) {
    if (isFailure(thrown)) {
      return { problems: [...problems, ...thrown.problems] };
    }
    throw thrown;
  }
}

/** Checks the time. The core cuts fractions off. */
function unixSeconds(now: number | undefined): number {
  if (now === undefined) {
    return Date.now() / 1000;
  }
  if (typeof now !== "number" || !(now >= 0 && now < Infinity)) {
    throw new TypeError("now has to be Unix time in seconds, a number from 0 on: Date.now() / 1000");
  }
  return now;
}
