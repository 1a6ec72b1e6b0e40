import { STORE_WAIT } from "../generated/limits.js";
import { within } from "../receiver/time.js";
import type { Store } from "./store.js";

/** What the error of a store that is not ready says. */
export interface Readiness {
  /** Where it keeps claims, as in `the idempotency store in Redis`. */
  readonly place: string;
  /** What to check, without a full stop. */
  readonly advice: string;
}

/** The key of the probe. No event has it, since an event's key contains a colon. */
const KEY = "health";

/** Resolves if the store answers a claim and a release. */
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

/** The key is busy if another worker is probing at the same time. The store has answered then, too. */
async function probed(store: Store): Promise<void> {
  const claim = await store.claim(KEY);
  if (claim.state === "claimed") {
    await store.release(KEY, claim.token);
  }
}
