import { FIRST_PAUSE, LEAST_CLAIM_WAIT, LONGEST_PAUSE, STORE_WAIT } from "../generated/limits.js";
import type { Claim, Store } from "../idempotency/store.js";
import { report } from "./report.js";
import { monotonic, pause, within } from "./time.js";

/**
 * @param seconds - How long Docutray waits yet.
 * @throws What the store fails with, or that it does not answer, or not with a claim.
 */
export async function claim(store: Store, key: string, seconds: number): Promise<Claim> {
  const claiming = claimed(store, key);
  let gaveUp = false;
  void claiming.then(
    // The answer came after all: nobody would process the event until this lease ends.
    (late) => (gaveUp && late.state === "claimed" ? release(store, key, late.token) : undefined),
    () => {},
  );
  const patience = Math.min(STORE_WAIT, Math.max(LEAST_CLAIM_WAIT, seconds));
  return within(patience, claiming, () => {
    gaveUp = true;
    throw noAnswer(patience);
  });
}

/** A store may be of the user's own, or bound to something else: nothing is processed on what is no claim. */
async function claimed(store: Store, key: string): Promise<Claim> {
  const claim: Claim | undefined = await store.claim(key);
  const isClaim =
    claim?.state === "done" ||
    (claim?.state === "busy" && typeof claim.retryAfter === "number") ||
    (claim?.state === "claimed" && typeof claim.token === "number");
  if (!isClaim) {
    throw new Error("the idempotency store gave what is no claim: see the type Claim of docutray-webhook/idempotency");
  }
  return claim;
}

/** Gives the event back; if that fails, the lease ends by itself. */
export async function release(store: Store, key: string, token: number): Promise<void> {
  try {
    await answered(store.release(key, token));
  } catch (error) {
    report(`the idempotency store could not release ${key}, which stays claimed until its lease ends`, error);
  }
}

/** Renews the claim, and says whether it is still ours. A store that is away takes nothing from anybody. */
export async function renew(store: Store, key: string, token: number): Promise<boolean> {
  try {
    return await answered(store.renew(key, token));
  } catch (error) {
    report(`the idempotency store could not renew the lease of ${key}`, error);
    return true;
  }
}

/**
 * Says that the event was processed, for as long as a lease lasts if the store is away: what is not recorded is processed
 * again. `false` where the claim is another's by now.
 */
export async function complete(store: Store, key: string, token: number): Promise<boolean> {
  const end = monotonic() + store.lease;
  for (let seconds = FIRST_PAUSE; ; seconds = Math.min(2 * seconds, LONGEST_PAUSE)) {
    try {
      return await answered(store.complete(key, token));
    } catch (error) {
      if (monotonic() + seconds >= end) {
        report(`${key} was processed, but the idempotency store could not record it: a repetition is processed again`, error);
        return true;
      }
    }
    await pause(seconds);
  }
}

function answered(call: Promise<boolean>): Promise<boolean> {
  return within(STORE_WAIT, call, () => {
    throw noAnswer(STORE_WAIT);
  });
}

function noAnswer(seconds: number): Error {
  const patience = Number(seconds.toFixed(1));
  return new Error(`the idempotency store did not answer within ${patience} s: see whether its server can be reached`);
}
