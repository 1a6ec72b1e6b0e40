import { DEFAULT_BODIES } from "../generated/limits.js";
import { invalidConfig } from "../options.js";
import type { Verifier } from "../verifier.js";

/** There is no room for what has come. */
export class Overloaded extends Error {}

/** What one body holds of the budget. */
export interface Share {
  /** The body has been given up, or has come to its end. */
  readonly ended: boolean;
  /** @throws {@link Overloaded}. */
  take(bytes: number): void;
  /** Gives everything back. */
  end(): void;
}

/**
 * Room for the bodies that are arriving or being verified, in bytes. Only what has come counts: what is but announced
 * costs nothing to announce.
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
 * @param verifier - Whose limit on one body counts; none where its own options are wrong.
 * @throws {@link WebhookError} `invalid_config`.
 */
export function checkedBudget(bytes: unknown, verifier: Verifier | undefined): BodyBudget {
  const maxBody = verifier?.maxBody ?? 0;
  if (bytes === undefined) {
    return new BodyBudget(DEFAULT_BODIES * maxBody);
  }
  if (!Number.isSafeInteger(bytes) || (bytes as number) < maxBody) {
    throw invalidConfig("bodyBudget", `has to be a whole number of bytes, at least ${maxBody}, the largest body taken (maxBody)`);
  }
  return new BodyBudget(bytes as number);
}
