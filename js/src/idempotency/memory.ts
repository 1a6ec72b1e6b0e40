import { DEFAULT_EVENTS } from "../generated/limits.js";
import { invalidConfig } from "../options.js";
import { monotonic } from "../receiver/time.js";
import { callingStore, type CallResult, type ClaimCall } from "./claim-call.js";
import { applied, type ClaimRecord } from "./claim-record.js";
import { storeOptions, type StoreOptions } from "./durations.js";
import { warnWhereMemoryIsNotShared } from "./memory-warning.js";
import type { StoreWithHealth } from "./store.js";

/** The options of {@link memory}. */
export interface MemoryOptions extends StoreOptions {
  /**
   * The largest number of events that are remembered. Default 100,000, which take about 20 MB. Beyond it, the event that was
   * processed first is forgotten early. Events that are being processed are never forgotten. If all are, a claim fails.
   */
  readonly limit?: number | undefined;
}

/**
 * A store in this process's memory, for one process and for tests. Other processes, instances and isolates do not see it, and
 * its content ends with the process: an event that is sent again after a restart is processed again.
 * On AWS Lambda, Vercel and Cloudflare Workers, which run many instances, the first such store writes a warning to the console.
 *
 * It uses a monotonic clock. A fencing token is greater than all tokens before it of any memory store in this process. It also
 * exceeds those of an earlier run, unless the host's clock was set back in between or that run claimed more than a million
 * events a second throughout.
 *
 * @throws `WebhookError` `invalid_config`, whose `field` names the first option.
 */
export function memory(options: MemoryOptions = {}): StoreWithHealth {
  const { own: limit, ...durations } = storeOptions(options, { name: "limit", check: checkedLimit });
  warnWhereMemoryIsNotShared();
  const records = new Records(limit);
  return callingStore(durations, READINESS, async (key, call) => carriedOut(records, key, call));
}

const READINESS = { place: "memory", advice: "raise the limit of memory(), or see what keeps so many events under way" };

/** The last token of all memory stores in this process. */
let lastToken = 0;

function carriedOut(records: Records, key: string, call: ClaimCall): CallResult {
  const now = monotonic() * 1000;
  // From the wall clock, so that the tokens of a later run are greater.
  const leastToken = Math.max(lastToken + 1, Date.now() * 1000);
  records.forget(now);
  const { result, record } = applied(call, records.get(key), now, leastToken);
  if (record !== undefined) {
    records.set(key, record, now);
    lastToken = Math.max(lastToken, record.token);
  }
  return result;
}

/** The records of a limited number of keys. */
class Records {
  readonly #claimed = new Map<string, ClaimRecord>();
  /** Released or done records, in the order in which they may be forgotten. */
  readonly #ended = new Map<string, ClaimRecord>();

  constructor(private readonly limit: number) {}

  get(key: string): ClaimRecord | undefined {
    return this.#claimed.get(key) ?? this.#ended.get(key);
  }

  set(key: string, record: ClaimRecord, now: number): void {
    this.#claimed.delete(key);
    this.#ended.delete(key);
    this.#makeRoom(now);
    (record.state === "claimed" ? this.#claimed : this.#ended).set(key, record);
  }

  forget(now: number): void {
    for (const [key, { forgetAfter }] of this.#ended) {
      if (forgetAfter > now) {
        return;
      }
      this.#ended.delete(key);
    }
  }

  #makeRoom(now: number): void {
    if (this.#claimed.size + this.#ended.size < this.limit) {
      return;
    }
    const [oldest] = this.#ended.keys();
    if (oldest !== undefined) {
      this.#ended.delete(oldest);
      return;
    }
    for (const [key, { leaseEnds }] of this.#claimed) {
      if (leaseEnds <= now) {
        this.#claimed.delete(key);
        return;
      }
    }
    throw new Error(`${this.limit} events are under way, the limit of memory(): raise it, or find out why they do not end`);
  }
}

function checkedLimit(limit: unknown = DEFAULT_EVENTS): number {
  if (!Number.isSafeInteger(limit) || (limit as number) < 1) {
    throw invalidConfig("limit", "has to be a number of events, at least 1");
  }
  return limit as number;
}
