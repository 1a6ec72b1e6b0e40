/// <reference lib="esnext.disposable" preserve="true" />
import { rawBody, type Body } from "./body.js";
import { translated, WebhookError, type Refusal } from "./error.js";
import { webhookEvent, type Delivery, type WebhookEvent } from "./event.js";
import type { BodyCheck as Core, Unfit as CoreUnfit } from "./generated/bindings.js";

const encoder = new TextEncoder();

/**
 * An authentic body that is no payload as this package knows it.
 *
 * @internal
 */
export class Unfit {
  readonly error: WebhookError;
  readonly body: Uint8Array;

  constructor({ error, body }: CoreUnfit) {
    this.error = new WebhookError(error as Refusal);
    this.body = body;
  }
}

/** A body under way: its metadata is verified, its own signature is not yet. Made by `Verifier.begin`. */
export class BodyCheck {
  /** The delivery whose body this is. Verified; **the body is not until {@link finish} returns.** */
  readonly delivery: Delivery;
  #core: Core | undefined;

  /** @internal */
  constructor(check: Core) {
    this.#core = check;
    this.delivery = check.delivery();
  }

  /**
   * Takes the next bytes of the body, in chunks of any size.
   *
   * @throws {@link WebhookError} `body_too_large` as soon as the limit is passed; from then on every call fails with
   * it, so stop reading.
   */
  update(chunk: Body): void {
    const raw = rawBody(chunk);
    const check = this.#live();
    translated(() => {
      if (typeof raw !== "string") {
        check.update(raw);
        return;
      }
      // UTF-8 has at least as many bytes as a string has code units.
      check.expectLength(raw.length);
      check.update(encoder.encode(raw));
    });
  }

  /**
   * Ends the body: verifies its signature, then reads the payload. To be called once.
   *
   * @throws As `Verifier.verify`, from the body's size on.
   */
  finish(): WebhookEvent {
    const check = this.#live();
    this.#core = undefined;
    return webhookEvent(translated(() => check.finish()));
  }

  /**
   * Refuses now what would be refused when this many bytes had come.
   *
   * @internal
   */
  expectLength(bytes: number): void {
    const check = this.#live();
    translated(() => check.expectLength(bytes));
  }

  /**
   * {@link finish}, but an authentic body whose payload does not fit comes back.
   *
   * @internal
   */
  settle(): WebhookEvent | Unfit {
    const check = this.#live();
    this.#core = undefined;
    const settled = translated(() => check.settle());
    return "error" in settled ? new Unfit(settled) : webhookEvent(settled);
  }

  /** Frees the bytes taken so far, where a request was given up. Not needed after {@link finish}; twice is once. */
  free(): void {
    this.#core?.free();
    this.#core = undefined;
  }

  /** {@link free}, for `using`. */
  [Symbol.dispose](): void {
    this.free();
  }

  #live(): Core {
    if (this.#core === undefined) {
      throw new Error("this BodyCheck is finished or freed: each delivery needs its own, from Verifier.begin");
    }
    return this.#core;
  }
}
