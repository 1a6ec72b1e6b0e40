import { DEFAULT_LEASE, DEFAULT_REMEMBER, LONGEST_LEASE, LONGEST_REMEMBER, RETRIES } from "../generated/limits.js";
import { allChecked, invalidConfig, readOptions } from "../options.js";

/** How long a store keeps claims and events. */
export interface StoreOptions {
  /**
   * How long a claim holds unless it is renewed, in seconds, at most an hour; fractions are allowed. A worker that crashed
   * keeps its event from others for that long. Default 60.
   */
  readonly lease?: number | undefined;
  /**
   * How long a processed event is remembered, in seconds: from 4,890, the time between Docutray's first attempt and its last
   * retry, to ten years. It must not be below the handler's `tolerance`, or a delivery could be replayed after its event was
   * forgotten. Default 86,400, a day.
   */
  readonly remember?: number | undefined;
}

/** Both, in seconds. */
export interface Durations {
  readonly lease: number;
  readonly remember: number;
}

/** Whether a lease may have this length. The store may be the user's own. */
export function isLease(lease: unknown): lease is number {
  return typeof lease === "number" && lease > 0 && lease <= LONGEST_LEASE;
}

const NAMES = ["lease", "remember"] as const;

/** An option that only one store has. */
export interface OwnOption<Value> {
  readonly name: string;
  /** Returns the value or its default. Throws if the value is wrong. */
  readonly check: (value: unknown) => Value;
}

/** The checked options of a store. */
export interface CheckedStoreOptions<Value> extends Durations {
  /** The store's own option. */
  readonly own: Value;
}

/** @throws {@link WebhookError} `invalid_config` with everything that is wrong; `TypeError` if `options` is not an object. */
export function storeOptions<Value>(options: StoreOptions | undefined, own: OwnOption<Value>): CheckedStoreOptions<Value> {
  const { values, problems } = readOptions(options ?? {}, [...NAMES, own.name]);
  return allChecked<CheckedStoreOptions<Value>>(problems, { ...durationChecks(values), own: () => own.check(values[own.name]) });
}

/** Checks the options of a store that has none of its own. */
export function durations(options: StoreOptions | undefined): Durations {
  const { values, problems } = readOptions(options ?? {}, NAMES);
  return allChecked<Durations>(problems, durationChecks(values));
}

function durationChecks(values: Readonly<Record<string, unknown>>): { lease: () => number; remember: () => number } {
  return { lease: () => checkedLease(values["lease"]), remember: () => checkedMemory(values["remember"]) };
}

function checkedLease(lease: unknown = DEFAULT_LEASE): number {
  if (!isLease(lease)) {
    throw invalidConfig("lease", `has to be a number of seconds above 0 and up to ${LONGEST_LEASE}`);
  }
  return lease;
}

function checkedMemory(remember: unknown = DEFAULT_REMEMBER): number {
  if (typeof remember !== "number" || !(remember >= RETRIES && remember <= LONGEST_REMEMBER)) {
    throw invalidConfig(
      "remember",
      `has to be a number of seconds, at least the ${RETRIES} in which Docutray retries, since an event forgotten ` +
        `before would be processed twice, and at most ${LONGEST_REMEMBER}`,
    );
  }
  return remember;
}
