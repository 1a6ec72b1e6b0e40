import type { IdempotencyStore } from "../idempotency/store.js";
import { renew } from "./claims.js";

/** A lease that is renewed until it is ended, or lost to another worker. */
export class Lease {
  readonly #lost = new AbortController();
  readonly #timer: ReturnType<typeof setInterval>;
  #renewing = false;

  constructor(
    readonly store: IdempotencyStore,
    readonly key: string,
    readonly token: number,
  ) {
    // Twice in vain, and there is still a third time.
    this.#timer = setInterval(() => void this.#renew(), (store.lease * 1000) / 3);
  }

  /** Aborted when the lease is lost. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /** To be called once. */
  end(): void {
    clearInterval(this.#timer);
  }

  async #renew(): Promise<void> {
    if (this.#renewing) {
      return;
    }
    this.#renewing = true;
    const isOurs = await renew(this.store, this.key, this.token);
    this.#renewing = false;
    if (!isOurs) {
      this.end();
      this.#lost.abort(new Error(`another worker has ${this.key}: its lease ended before it could be renewed`));
    }
  }
}
