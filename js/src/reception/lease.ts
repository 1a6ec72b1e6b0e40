import { RENEWALS } from "../generated/limits.js";
import type { IdempotencyStore } from "../idempotency/store.js";
import { renew } from "./claims.js";

/** A lease that is renewed until it is ended, or lost to another worker. */
export class Lease {
  readonly #lost = new AbortController();
  readonly #timer: ReturnType<typeof setInterval>;
  #renewing = false;
  #ended = false;

  constructor(
    readonly store: IdempotencyStore,
    readonly key: string,
    readonly token: number,
  ) {
    this.#timer = setInterval(() => void this.#renew(), (store.lease * 1000) / RENEWALS);
  }

  /** Aborted when the lease is lost. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /** The handler has ended: nothing is renewed for it any more, nor told to it. */
  end(): void {
    this.#ended = true;
    clearInterval(this.#timer);
  }

  async #renew(): Promise<void> {
    if (this.#renewing) {
      return;
    }
    this.#renewing = true;
    const isOurs = await renew(this.store, this.key, this.token);
    this.#renewing = false;
    if (!isOurs && !this.#ended) {
      this.end();
      this.#lost.abort(new Error(`another worker has ${this.key}: its lease ended before it could be renewed`));
    }
  }
}
