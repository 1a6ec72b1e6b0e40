/// <reference lib="esnext.disposable" preserve="true" />
import { rawBody, type Body } from "./body.js";
import { BodyCheck, settle, Unfit } from "./body-check.js";
import type { Delivery } from "./delivery.js";
import { translated } from "./error.js";
import type { WebhookEvent } from "./event.js";
import { headerFields, type HeadersLike } from "./headers.js";
import type { ConfigProblem } from "./module/failure.js";
import { isFailure } from "./module/instance.js";
import { invalidOptions } from "./options.js";
import { PreparedVerifier } from "./prepared.js";
import { bodyChunks, type WebRequest } from "./request.js";
import { inOrder, readVerifierOptions, type ReadVerifierOptions, type VerifierOptions } from "./verifier-options.js";

/**
 * Verifies deliveries: make one, use it for every request.
 *
 * Synchronous, and without state of the deliveries it has seen: the same input gives the same verdict, and no input
 * spoils it for the next.
 */
export class Verifier {
  #prepared: PreparedVerifier | undefined;

  /**
   * @throws {@link WebhookError} `invalid_config`, whose `field` names the first option that is wrong, and whose message
   * says everything that is.
   */
  constructor(options: VerifierOptions) {
    if (typeof options !== "object" || options === null) {
      throw new TypeError("no options: new Verifier({ secret, url }) needs the webhook's secret and registered URL");
    }
    const { prepared, problems } = prepare(readVerifierOptions(options));
    if (prepared === undefined) {
      throw invalidOptions(inOrder(problems));
    }
    this.#prepared = prepared;
  }

  /**
   * The largest body taken, in bytes.
   *
   * @internal
   */
  get maxBody(): number {
    return this.#live().maxBody;
  }

  /**
   * Verifies a delivery whose body is at hand: both signatures, the time, the payload.
   *
   * @param headers - All headers of the request.
   * @param body - The body as received, byte by byte: not parsed, not serialised again.
   * @param now - Unix time in seconds; default is the host's clock.
   * @throws {@link WebhookError} for a delivery that must not be trusted; `TypeError` for arguments of another type.
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
   * Verifies the metadata of a delivery without its body, as an authorizer has to that never sees one.
   *
   * **The body may be anybody's until {@link verify} has seen it.** With `url: false` there is nothing to
   * authenticate: grammar and time are checked, and `metadataAuthenticated` is `false`.
   *
   * @param headers - All headers of the request; `X-Docutray-Signature` need not be among them.
   * @param now - Unix time in seconds; default is the host's clock.
   * @throws As {@link verify}, up to the timestamp's.
   */
  authorize(headers: HeadersLike, now?: number): Delivery {
    const fields = headerFields(headers);
    return translated(() => this.#live().authorize(fields, unixSeconds(now)));
  }

  /**
   * Verifies the metadata, and takes the body as it arrives.
   *
   * ```ts
   * const check = verifier.begin(request.headers);
   * for await (const chunk of request) check.update(chunk);
   * const event = check.finish();
   * ```
   *
   * @param headers - All headers of the request.
   * @param now - Unix time in seconds; default is the host's clock.
   * @throws As {@link verify}, up to the timestamp's.
   */
  begin(headers: HeadersLike, now?: number): BodyCheck {
    const fields = headerFields(headers);
    return new BodyCheck(this.#live(), fields, unixSeconds(now));
  }

  /**
   * Verifies a Web `Request`, its body streamed through the check and cancelled as soon as it passes the limit.
   *
   * @param request - A request whose body nobody has read.
   * @param now - Unix time in seconds; default is the host's clock.
   * @throws As {@link verify}, and what the body's stream fails with: an `Error` that is no {@link WebhookError} where the
   * sender gave up the request in the middle of its body. A request whose headers are refused is left unread.
   */
  async verifyRequest(request: WebRequest, now?: number): Promise<WebhookEvent> {
    const chunks = bodyChunks(request, "cancelled");
    const check = this.begin(request.headers, now);
    try {
      for await (const chunk of chunks) {
        check.update(chunk);
      }
      return check.finish();
    } finally {
      check.free();
    }
  }

  /** Frees the prepared secrets now rather than when the garbage collector gets to it. Twice is once. */
  free(): void {
    this.#prepared?.release();
    this.#prepared = undefined;
  }

  /** {@link free}, for `using`. */
  [Symbol.dispose](): void {
    this.free();
  }

  #live(): PreparedVerifier {
    if (this.#prepared === undefined) {
      throw new Error("this Verifier was freed: make a new one, or call free() later");
    }
    return this.#prepared;
  }
}

/** Prepares a verifier, and says what is wrong with its options: the types, and what the core finds. */
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

/** Fractions may stay: the core cuts them off. */
function unixSeconds(now: number | undefined): number {
  if (now === undefined) {
    return Date.now() / 1000;
  }
  if (typeof now !== "number" || !(now >= 0 && now < Infinity)) {
    throw new TypeError("now has to be Unix time in seconds, a number from 0 on: Date.now() / 1000");
  }
  return now;
}
