import { STORE_WAIT } from "../generated/limits.js";
import { within } from "../receiver/time.js";
import type { Store } from "./store.js";

/** What a store that is not ready says of itself. */
export interface Readiness {
  /** Where it keeps claims, as in `the idempotency store in Redis`. */
  readonly place: string;
  /** What to look at, as a sentence without its full stop. */
  readonly advice: string;
}

/** No event's key is this: every event's key has a colon. */
const KEY = "health";

/** Resolves when a claim and a release of a key of its own succeed. */
export async function checkHealth(store: Store, { place, advice }: Readiness): Promise<void> {
  try {
    await within(STORE_WAIT, probed(store), () => {
      throw new Error(`no answer within ${STORE_WAIT} s`);
    });
  } catch (cause) {
    const found = cause instanceof Error && cause.message !== "" ? ` (${cause.message})` : "";
    throw new Error(`the idempotency store in ${place} is not ready${found}: ${advice}`, { cause });
  }
}

/** A key that another worker probes at this moment is busy: that store answers, too. */
async function probed(store: Store): Promise<void> {
  const claim = await store.claim(KEY);
  if (claim.state === "claimed") {
    await store.release(KEY, claim.token);
  }
}
