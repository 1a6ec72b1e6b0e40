import type { CallResult, ClaimCall } from "./claim-call.js";

/** What is kept of a key, where the store itself can but read and write. Times by the store's clock and lengths, in milliseconds. */
export interface ClaimRecord {
  readonly state: "claimed" | "released" | "done";
  /** Of the latest claim. */
  readonly token: number;
  readonly lease: number;
  readonly leaseEnds: number;
  /** From then on it is as if nobody had asked for the key; as long as the record is there, its token counts. */
  readonly forgetAfter: number;
}

/** What a call comes to, and the record that it leaves behind where it changes it. */
export interface Applied {
  readonly result: CallResult;
  readonly record?: ClaimRecord;
}

const AFTER = { renew: "claimed", complete: "done", release: "released" } as const;

/**
 * @param now - By the store's clock, in milliseconds.
 * @param leastToken - Of a new claim. By default the clock's microseconds, so that tokens grow even if the record is lost.
 */
export function applied(call: ClaimCall, record: ClaimRecord | undefined, now: number, leastToken = now * 1000): Applied {
  if (call.method === "claim") {
    return claimed(call, record, now, leastToken);
  }
  if (record?.token !== call.token) {
    return { result: false };
  }
  if (record.state !== "claimed") {
    // Its answer may have been lost.
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

/** A lease with more left than its length is one whose clock has jumped back: it gets its length, from now on. */
function busy(record: ClaimRecord, now: number): Applied {
  const left = Math.min(record.leaseEnds - now, record.lease);
  const result = { state: "busy", retryAfter: Math.ceil(left / 1000) } as const;
  return now + left === record.leaseEnds ? { result } : { result, record: { ...record, leaseEnds: now + left } };
}

function written(state: ClaimRecord["state"], token: number, call: ClaimCall, now: number): ClaimRecord {
  const lease = Math.ceil(call.lease * 1000);
  return { state, token, lease, leaseEnds: now + lease, forgetAfter: now + call.remember * 1000 };
}
