import { Verifier as HostsVerifier } from "#core";
// Imported by path, because TypeScript with `moduleResolution: node10` does not resolve `#core`.
import type { Verifier } from "../verifier.js";
import type { VerifierOptions } from "../verifier-options.js";
import { monotonic } from "./time.js";

/** How many verifiers are kept. */
const MOST = 100;
/** How long a verifier is kept that nobody uses, in seconds. */
const LONGEST_UNUSED = 3600;

/** A verifier that a delivery uses. */
export interface HeldVerifier {
  readonly verifier: Verifier;
  /** Called once, when the delivery does not need the verifier any more. */
  release(): void;
}

interface Kept {
  readonly verifier: Verifier;
  users: number;
  usedAt: number;
  isDropped: boolean;
}

/**
 * Verifiers by secret and URL. The least recently used one is dropped if there are too many, and so is one that nobody has used
 * for long, such as that of a secret before its rotation. It is freed when no delivery uses it any more.
 *
 * A key contains the secret, as its verifier does: both are dropped together.
 */
export class VerifierCache {
  /** In the order of use. */
  readonly #kept = new Map<string, Kept>();

  /**
   * @param warn - Called with what looks like a mistake in a secret.
   * @param clock - Returns seconds by a monotonic clock.
   */
  constructor(
    private readonly limits: Pick<VerifierOptions, "tolerance" | "maxBody">,
    private readonly warn: (hint: string) => void,
    private readonly clock: () => number = monotonic,
  ) {}

  /** @throws {@link WebhookError} `invalid_config`. */
  use(secret: VerifierOptions["secret"], url: VerifierOptions["url"]): HeldVerifier {
    const key = JSON.stringify([secret, url]);
    const kept = this.#kept.get(key) ?? this.#make(secret, url);
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    kept.users++;
    kept.usedAt = this.clock();
    this.#dropUnused();
    return { verifier: kept.verifier, release: () => this.#release(kept) };
  }

  #make(secret: VerifierOptions["secret"], url: VerifierOptions["url"]): Kept {
    return { verifier: new HostsVerifier({ secret, url, ...this.limits }, this.warn), users: 0, usedAt: 0, isDropped: false };
  }

  #dropUnused(): void {
    for (const [key, kept] of this.#kept) {
      if (this.#kept.size <= MOST && this.clock() - kept.usedAt < LONGEST_UNUSED) {
        return;
      }
      this.#kept.delete(key);
      kept.isDropped = true;
      freeUnused(kept);
    }
  }

  #release(kept: Kept): void {
    kept.users--;
    freeUnused(kept);
  }
}

function freeUnused({ verifier, users, isDropped }: Kept): void {
  if (isDropped && users === 0) {
    verifier.free();
  }
}
