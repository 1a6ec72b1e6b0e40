import { invalidConfig } from "../invalid-config.js";

/** How long a store holds on to things. */
export interface StoreOptions {
  /**
   * How long a claim holds unless it is renewed, in seconds, at most an hour; fractions may be. A worker that crashed
   * keeps its event from others for that long. Default 60.
   */
  readonly lease?: number | undefined;
  /**
   * How long an event that was processed is remembered, in seconds: at least the 4,890 that lie between Docutray's
   * first try and its last retry, at most ten years. Not below the handler's `tolerance` either, or a delivery could be
   * replayed when its event is forgotten. Default 86,400, a day.
   */
  readonly remember?: number | undefined;
}

/** Both, in seconds. */
export interface Durations {
  readonly lease: number;
  readonly remember: number;
}

/** From the first try to the last retry (30 s, 1 min, 5 min, 15 min, 1 h). */
const RETRIES = 30 + 60 + 300 + 900 + 3600;
const LONGEST_LEASE = 3600;
/** Ten years; a store's clock has an end. */
const LONGEST_MEMORY = 10 * 366 * 86_400;

/** Whether a lease can be as long as this; a store may be the user's own. */
export function isLease(lease: unknown): boolean {
  return typeof lease === "number" && lease > 0 && lease <= LONGEST_LEASE;
}

/** @throws {@link WebhookError} `invalid_config`, whose `field` names the option. */
export function durations({ lease = 60, remember = 86_400 }: StoreOptions = {}): Durations {
  if (!isLease(lease)) {
    throw invalidConfig("lease", `has to be a number of seconds above 0 and up to ${LONGEST_LEASE}`);
  }
  if (typeof remember !== "number" || !(remember >= RETRIES && remember <= LONGEST_MEMORY)) {
    throw invalidConfig(
      "remember",
      `has to be a number of seconds, at least the ${RETRIES} in which Docutray retries, since an event forgotten ` +
        `before would be processed twice, and at most ${LONGEST_MEMORY}`,
    );
  }
  return { lease, remember };
}
