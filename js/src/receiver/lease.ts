import { RENEWALS } from "../generated/limits.js";
import type { Store } from "../idempotency/store.js";
import { renew } from "./claims.js";

/** The lease under which an event is processed: what a handler gets beside its event. */
export interface Lease {
  /**
   * The fencing token of this claim: of two claims of one event the later has the greater. Written beside what the
   * handler changes, it lets a database refuse a handler whose lease has ended.
   */
  readonly token: number;
  /** Aborted when another worker has the event, since the lease could not be renewed: stop, and commit nothing. */
  readonly signal: AbortSignal;
  /** Whether the event was tried before: it failed, or its worker crashed. */
  readonly seenBefore: boolean;
}

/** Renews a lease until it is ended, or lost to another worker. The handler is told of that while it runs. */
export class Renewal {
  readonly #lost = new AbortController();
  readonly #timer: ReturnType<typeof setInterval>;
  #renewing = false;
  #isDue = false;
  #handled = false;
  #ended = false;

  constructor(
    readonly store: Store,
    readonly key: string,
    readonly token: number,
  ) {
    this.#timer = setInterval(() => void this.#renew(), (store.lease * 1000) / RENEWALS);
  }

  /** Aborted when the lease is lost. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /** The handler has ended: it is told nothing any more. */
  handled(): void {
    this.#handled = true;
  }

  /** Nothing is renewed any more. */
  end(): void {
    this.#ended = true;
    clearInterval(this.#timer);
  }

  async #renew(): Promise<void> {
    // After a renewal that took longer than its turn the next comes at once.
    this.#isDue = true;
    if (this.#renewing) {
      return;
    }
    this.#renewing = true;
    while (this.#isDue && !this.#ended) {
      this.#isDue = false;
      if (!(await renew(this.store, this.key, this.token))) {
        this.#lose();
      }
    }
    this.#renewing = false;
  }

  #lose(): void {
    // A claim that was completed cannot be renewed either, and nobody else has that.
    if (!this.#handled && !this.#ended) {
      this.#lost.abort(new Error(`another worker has ${this.key}: its lease ended before it could be renewed`));
    }
    this.end();
  }
}
