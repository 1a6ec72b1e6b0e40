import { RENEWALS } from "../generated/limits.js";
import type { Store } from "../idempotency/store.js";
import { renew } from "./claims.js";
import type { ReportError } from "./report.js";

/** The lease under which an event is processed. A handler gets it as its second argument. */
export interface Lease {
  /**
   * The fencing token of this claim. Of two claims of one event the later has the greater token. If the handler writes it to
   * its database, the database can refuse a handler whose lease has ended.
   */
  readonly token: number;
  /** Aborted when the lease could not be renewed and another worker has the event. The handler must then stop and commit nothing. */
  readonly signal: AbortSignal;
  /** Whether the event was claimed before: processing it failed, or its worker crashed. */
  readonly seenBefore: boolean;
}

/** Renews a lease until the renewal is ended or another worker has the event. The signal tells the handler while it runs. */
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
    private readonly report: ReportError,
  ) {
    this.#timer = setInterval(() => void this.#renew(), (store.lease * 1000) / RENEWALS);
  }

  /** Aborted when another worker has the event. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /** Records that the handler has ended, so that its signal is not aborted any more. */
  handled(): void {
    this.#handled = true;
  }

  /** Stops renewing. */
  end(): void {
    this.#ended = true;
    clearInterval(this.#timer);
  }

  async #renew(): Promise<void> {
    // If a renewal takes longer than the interval, the next one follows at once.
    this.#isDue = true;
    if (this.#renewing) {
      return;
    }
    this.#renewing = true;
    while (this.#isDue && !this.#ended) {
      this.#isDue = false;
      if (!(await renew(this.store, this.key, this.token, this.report))) {
        this.#lose();
      }
    }
    this.#renewing = false;
  }

  #lose(): void {
    // A completed claim cannot be renewed either, but nobody else has that event.
    if (!this.#handled && !this.#ended) {
      this.#lost.abort(new Error(`another worker has ${this.key}: its lease ended before it could be renewed`));
    }
    this.end();
  }
}
