import type { CallResult, ClaimCall } from "./claim-call.js";

/** The stored record of a key, for stores that can only read and write. Times are by the store's clock. All in milliseconds. */
export interface ClaimRecord {
  readonly state: "claimed" | "released" | "done";
  /** The token of the latest claim. */
  readonly token: number;
  readonly lease: number;
  readonly leaseEnds: number;
  /** From this time on, the key counts as not seen before. Its token counts as long as the record exists. */
  readonly forgetAfter: number;
}

/** The result of a call, and the changed record, if the call changes it. */
export interface Applied {
  readonly result: CallResult;
  readonly record?: ClaimRecord;
}

const AFTER = { renew: "claimed", complete: "done", release: "released" } as const;

/**
 * Applies a call to a record.
 *
 * @param now - By the store's clock, in milliseconds.
 * @param leastToken - The least token of a new claim. By default it is the clock's microseconds, so that tokens grow even if
 * the record is lost.
 */
export function applied(call: ClaimCall, record: ClaimRecord | undefined, now: number, leastToken = now * 1000): Applied {
  if (call.method === "claim") {
    return claimed(call, record, now, leastToken);
  }
  if (record?.token !== call.token) {
    return { result: false };
  }
  if (record.state !== "claimed") {
    // The worker calls again if the answer to its first call was lost.
    return { result: call.method === "complete" && record.state === "done" };
  }
  return { result: true, record: written(AFTER[call.method], call.token, call, now) };
}

function claimed(call: ClaimCall, record: ClaimRecord | undefined, now: number, leastToken: number): Applied {
  const seenBefore = record !== undefined && now < record.forgetAfter;
  if (seenBefore && record.state === "done") {
    return { result: { state: "done" } };
  }
  if (seenBefore && record.state === "claimed" && now < record.leaseEnds) {
    return busy(record, now);
  }
  const token = Math.max((record?.token ?? 0) + 1, leastToken);
  return { result: { state: "claimed", token, seenBefore }, record: written("claimed", token, call, now) };
}

/** A lease with more left than its length means that the clock was set back. It then gets its whole length again. */
function busy(record: ClaimRecord, now: number): Applied {
  const left = Math.min(record.leaseEnds - now, record.lease);
  const result = { state: "busy", retryAfter: Math.ceil(left / 1000) } as const;
  return now + left === record.leaseEnds ? { result } : { result, record: { ...record, leaseEnds: now + left } };
}

function written(state: ClaimRecord["state"], token: number, call: ClaimCall, now: number): ClaimRecord {
  const lease = Math.ceil(call.lease * 1000);
  return { state, token, lease, leaseEnds: now + lease, forgetAfter: now + call.remember * 1000 };
}
