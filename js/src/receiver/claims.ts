import { FIRST_PAUSE, LEAST_CLAIM_WAIT, LONGEST_PAUSE, STORE_WAIT } from "../generated/limits.js";
import type { Claim, Store } from "../idempotency/store.js";
import type { ReportError } from "./report.js";
import { monotonic, pause, within } from "./time.js";

/**
 * Claims an event.
 *
 * @param seconds - How much longer Docutray waits.
 * @param keepAlive - Gets what goes on after the claim was given up.
 * @throws The store's error, or an error that it does not answer or that its answer is not a claim.
 */
export async function claim(
  store: Store,
  key: string,
  seconds: number,
  report: ReportError,
  keepAlive: (ended: Promise<unknown>) => void,
): Promise<Claim> {
  const claiming = claimed(store, key);
  let gaveUp = false;
  const released = claiming.then(
    // A late claim is released. Otherwise nobody could process the event until the lease ends.
    (late) => (gaveUp && late.state === "claimed" ? release(store, key, late.token, report) : undefined),
    () => {},
  );
  const patience = Math.min(STORE_WAIT, Math.max(LEAST_CLAIM_WAIT, seconds));
  return within(patience, claiming, () => {
    gaveUp = true;
    keepAlive(released);
    throw noAnswer(patience);
  });
}

/** Claims an event. Checks the answer, since the store may be the user's own: nothing is processed without a claim. */
async function claimed(store: Store, key: string): Promise<Claim> {
  const claim: Claim | undefined = await store.claim(key);
  const isClaim =
    claim?.state === "done" ||
    (claim?.state === "busy" && typeof claim.retryAfter === "number") ||
    (claim?.state === "claimed" && typeof claim.token === "number");
  if (!isClaim) {
    throw new Error("the idempotency store's answer is not a claim: see the type Claim of docutray-webhook/idempotency");
  }
  return claim;
}

/** Releases the event. If that fails, the lease ends by itself. */
export async function release(store: Store, key: string, token: number, report: ReportError): Promise<void> {
  try {
    await answered(store.release(key, token));
  } catch (error) {
    report("store_unavailable", `the idempotency store could not release ${key}, which stays claimed until its lease ends`, error);
  }
}

/** Renews the lease and returns whether the event is still ours. If the store fails, it may still be. */
export async function renew(store: Store, key: string, token: number, report: ReportError): Promise<boolean> {
  try {
    return await answered(store.renew(key, token));
  } catch (error) {
    report("store_unavailable", `the idempotency store could not renew the lease of ${key}`, error);
    return true;
  }
}

/**
 * Records that the event was processed. If the store fails, tries again for the length of a lease; an event that is not recorded
 * is processed again. Returns `false` if another worker has the event.
 */
export async function complete(store: Store, key: string, token: number, report: ReportError): Promise<boolean> {
  const end = monotonic() + store.lease;
  for (let seconds = FIRST_PAUSE; ; seconds = Math.min(2 * seconds, LONGEST_PAUSE)) {
    try {
      return await answered(store.complete(key, token));
    } catch (error) {
      if (monotonic() + seconds >= end) {
        report("store_unavailable", `${key} was processed, but the idempotency store could not record it: if it is delivered again, it is processed again`, error);
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
