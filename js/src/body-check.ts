/// <reference lib="esnext.disposable" preserve="true" />
import { rawBody, type Body } from "./body.js";
import type { Delivery } from "./delivery.js";
import { translated, WebhookError, type WebhookErrorInit } from "./error.js";
import { webhookEvent, type WebhookEvent } from "./event.js";
import type { HeaderFields } from "./headers.js";
import { isFailure } from "./module/instance.js";
import { Pieces } from "./pieces.js";
import type { PreparedVerifier } from "./prepared.js";
import { encoder } from "./utf8.js";

/**
 * An authentic body whose payload does not fit its event.
 *
 * @internal
 */
export class Unfit {
  constructor(
    readonly error: WebhookError,
    readonly body: Uint8Array,
  ) {}
}

/**
 * Verifies a body that arrives in chunks. Its metadata is verified already. `Verifier.begin` returns it.
 *
 * The received bytes are copied and held here. The core gets the body when it is complete.
 */
export class BodyCheck {
  /** The delivery of this body. Its metadata is verified; **the body is not until {@link finish} returns.** */
  readonly delivery: Delivery;
  readonly #headers: HeaderFields;
  readonly #now: number;
  #verifier: PreparedVerifier | undefined;
  #pieces = new Pieces();

  /** @internal */
  constructor(verifier: PreparedVerifier, headers: HeaderFields, now: number) {
    this.delivery = translated(() => verifier.begin(headers, now));
    this.#verifier = verifier.retain();
    this.#headers = headers;
    this.#now = now;
  }

  /**
   * Takes the next chunk of the body, of any size, and copies it.
   *
   * @throws {@link WebhookError} `body_too_large` as soon as the limit is exceeded. All further calls then throw it, too,
   * so stop reading.
   */
  update(chunk: Body): void {
    const raw = rawBody(chunk);
    // UTF-8 needs at least as many bytes as a string has code units.
    this.expectLength(raw.length);
    const bytes = typeof raw === "string" ? encoder.encode(raw) : raw;
    this.expectLength(bytes.length);
    this.#pieces.add(bytes);
  }

  /**
   * Ends the body: verifies its signature, then reads the payload. Call it once.
   *
   * If the payload does not fit its event (`malformed_payload`, `event_mismatch`), the error does not contain the body, and this check
   * has dropped it. To keep such deliveries, keep the bytes yourself and call `Verifier.verify`, or use a handler with `onUnfit`.
   *
   * @throws The same as `Verifier.verify`, from the body's size on.
   */
  finish(): WebhookEvent {
    const settled = this.settle();
    if (settled instanceof Unfit) {
      throw settled.error;
    }
    return settled;
  }

  /**
   * Throws if this many more bytes would exceed the limit. Reserves no memory for them.
   *
   * @internal
   */
  expectLength(bytes: number): void {
    const verifier = this.#live();
    try {
      translated(() => verifier.admitLength(this.#pieces.length + bytes));
    } catch (error) {
      // A body of which a chunk was refused must never pass.
      this.#pieces.spoil();
      throw error;
    }
  }

  /**
   * Ends the body as {@link finish} does, but returns an authentic body whose payload does not fit.
   *
   * @internal
   */
  settle(): WebhookEvent | Unfit {
    const verifier = this.#live();
    try {
      this.expectLength(0);
      const body = this.#pieces.joined();
      return settle(verifier, this.#headers, body, this.#now, false);
    } finally {
      this.free();
    }
  }

  /** Releases the received bytes of a request that was given up. Not needed after {@link finish}. May be called again. */
  free(): void {
    this.#verifier?.release();
    this.#verifier = undefined;
    this.#pieces = new Pieces();
  }

  /** Calls {@link free}, for `using`. */
  [Symbol.dispose](): void {
    this.free();
  }

  #live(): PreparedVerifier {
    if (this.#verifier === undefined) {
      throw new Error("this BodyCheck is finished or freed: each delivery needs its own, from Verifier.begin");
    }
    return this.#verifier;
  }
}

/**
 * Checks a whole delivery.
 *
 * @param isCallers - Whether the caller can change the body. If so, the event gets a copy.
 * @internal
 */
export function settle(
  verifier: PreparedVerifier,
  headers: HeaderFields,
  body: string | Uint8Array,
  now: number,
  isCallers: boolean,
): WebhookEvent | Unfit {
  try {
    return webhookEvent(verifier.check(headers, body, now, isCallers));
  } catch (thrown) {
    if (!isFailure(thrown)) {
      throw thrown;
    }
    const error = new WebhookError(thrown as WebhookErrorInit);
    if (thrown.unfit) {
      return new Unfit(error, typeof body === "string" ? encoder.encode(body) : body);
    }
    throw error;
  }
}
