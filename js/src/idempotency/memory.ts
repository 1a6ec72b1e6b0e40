import { DEFAULT_EVENTS } from "../generated/limits.js";
import { invalidConfig } from "../invalid-config.js";
import { monotonic } from "../reception/time.js";
import { storeOptions, type StoreOptions } from "./durations.js";
import type { Claim, IdempotencyStore } from "./store.js";

/** How {@link memory} is set up. */
export interface MemoryOptions extends StoreOptions {
  /**
   * How many events are remembered at most; default 100,000, some 20 MB. Beyond it the one that was processed longest
   * ago is forgotten before its time; events under way never are: where nothing else is left, a claim fails.
   */
  readonly limit?: number | undefined;
}

interface Held {
  readonly token: number;
  until: number;
}

interface Remembered {
  readonly token: number;
  readonly done: boolean;
  readonly until: number;
}

/**
 * A store within this process: for one process, and for tests. Other processes, instances and isolates know nothing of
 * it, and it forgets when the process ends: an event that is sent again after that is processed again.
 *
 * Its clock never jumps. A fencing token is greater than any before it of any memory store in this process. It is greater
 * than any of an earlier run, unless the host's clock went back in between, or that run claimed more than a million events
 * a second from beginning to end.
 *
 * @throws {@link WebhookError} `invalid_config`, whose `field` names the first option.
 */
export function memory(options: MemoryOptions = {}): IdempotencyStore {
  return new Memory(options);
}

/** Of all memory stores in this process. */
let lastToken = 0;

/** The clock's microseconds, so that a later run begins above, or one more than the last. */
function nextToken(): number {
  lastToken = Math.max(lastToken + 1, Date.now() * 1000);
  return lastToken;
}

class Memory implements IdempotencyStore {
  readonly lease: number;
  readonly #remember: number;
  readonly #limit: number;
  readonly #held = new Map<string, Held>();
  /** In the order in which they may be forgotten. */
  readonly #remembered = new Map<string, Remembered>();

  constructor(options: MemoryOptions) {
    const { lease, remember, own: limit } = storeOptions(options, { name: "limit", check: checkedLimit });
    [this.lease, this.#remember, this.#limit] = [lease, remember, limit];
  }

  async claim(key: string): Promise<Claim> {
    const now = monotonic();
    this.#forget(now);
    const held = this.#held.get(key);
    if (held !== undefined && held.until > now) {
      return { state: "busy", retryAfter: Math.max(1, Math.ceil(held.until - now)) };
    }
    const remembered = this.#remembered.get(key);
    if (remembered?.done) {
      return { state: "done" };
    }
    const seenBefore = held !== undefined || remembered !== undefined;
    if (!seenBefore) {
      this.#makeRoom(now);
    }
    this.#remembered.delete(key);
    const token = nextToken();
    this.#held.set(key, { token, until: now + this.lease });
    return { state: "claimed", token, seenBefore };
  }

  async renew(key: string, token: number): Promise<boolean> {
    const held = this.#held.get(key);
    if (held?.token !== token) {
      return false;
    }
    held.until = monotonic() + this.lease;
    return true;
  }

  async complete(key: string, token: number): Promise<boolean> {
    const remembered = this.#remembered.get(key);
    return this.#end(key, token, true) || (remembered?.token === token && remembered.done);
  }

  async release(key: string, token: number): Promise<boolean> {
    return this.#end(key, token, false);
  }

  #end(key: string, token: number, done: boolean): boolean {
    if (this.#held.get(key)?.token !== token) {
      return false;
    }
    this.#held.delete(key);
    this.#remembered.set(key, { token, done, until: monotonic() + this.#remember });
    return true;
  }

  #forget(now: number): void {
    for (const [key, { until }] of this.#remembered) {
      if (until > now) {
        return;
      }
      this.#remembered.delete(key);
    }
  }

  #makeRoom(now: number): void {
    if (this.#held.size + this.#remembered.size < this.#limit) {
      return;
    }
    const oldest = this.#remembered.keys().next();
    if (!oldest.done) {
      this.#remembered.delete(oldest.value);
      return;
    }
    for (const [key, { until }] of this.#held) {
      if (until <= now) {
        this.#held.delete(key);
        return;
      }
    }
    throw new Error(`${this.#limit} events are under way, the limit of memory(): raise it, or see what holds them`);
  }
}

function checkedLimit(limit: unknown = DEFAULT_EVENTS): number {
  if (!Number.isSafeInteger(limit) || (limit as number) < 1) {
    throw invalidConfig("limit", "has to be a number of events, at least 1");
  }
  return limit as number;
}
