import { DEFAULT_BODIES } from "../generated/limits.js";
import { invalidConfig } from "../options.js";

/** The received bytes exceed the budget. */
export class Overloaded extends Error {}

/** The bytes that one body takes from the budget. */
export interface Share {
  /** Whether the body is complete or was given up. */
  readonly ended: boolean;
  /** @throws {@link Overloaded}. */
  take(bytes: number): void;
  /** Gives all bytes back. */
  end(): void;
}

/**
 * The budget in bytes for all bodies that are arriving or being verified. Only received bytes count, not announced ones, since
 * announcing costs a sender nothing.
 */
export class BodyBudget {
  #held = 0;

  constructor(readonly bytes: number) {}

  share(): Share {
    const take = (bytes: number) => this.#take(bytes);
    let held = 0;
    let ended = false;
    return {
      get ended() {
        return ended;
      },
      take(bytes) {
        take(bytes);
        held += bytes;
      },
      end() {
        take(-held);
        held = 0;
        ended = true;
      },
    };
  }

  #take(bytes: number): void {
    if (this.#held + bytes > this.bytes) {
      throw new Overloaded();
    }
    this.#held += bytes;
  }
}

/**
 * @param maxBody - The least budget. `undefined` if the verifier's own options are wrong.
 * @throws {@link WebhookError} `invalid_config`.
 */
export function checkedBudget(bytes: unknown, maxBody = 0): BodyBudget {
  if (bytes === undefined) {
    return new BodyBudget(DEFAULT_BODIES * maxBody);
  }
  if (!Number.isSafeInteger(bytes) || (bytes as number) < maxBody) {
    throw invalidConfig("bodyBudget", `has to be a whole number of bytes, at least ${maxBody}, the largest body taken (maxBody)`);
  }
  return new BodyBudget(bytes as number);
}
