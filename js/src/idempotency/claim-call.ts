import type { Durations } from "./durations.js";
import { checkHealth, type Readiness } from "./health.js";
import type { Claim, StoreWithHealth } from "./store.js";

/** A call to a store, as data. Durations are in seconds. */
export type ClaimCall = Durations &
  ({ readonly method: "claim" } | { readonly method: "renew" | "complete" | "release"; readonly token: number });

/** The result of a call: a {@link Claim} for `claim`, otherwise whether the claim is still the caller's. */
export type CallResult = Claim | boolean;

/** Makes a store that passes every call to one function. */
export function callingStore(
  { lease, remember }: Durations,
  readiness: Readiness,
  carryOut: (key: string, call: ClaimCall) => Promise<CallResult>,
): StoreWithHealth {
  const withToken = (method: "renew" | "complete" | "release") => (key: string, token: number) =>
    carryOut(key, { method, token, lease, remember }) as Promise<boolean>;
  const store = {
    lease,
    claim: (key: string) => carryOut(key, { method: "claim", lease, remember }) as Promise<Claim>,
    renew: withToken("renew"),
    complete: withToken("complete"),
    release: withToken("release"),
  };
  return { ...store, health: () => checkHealth(store, readiness) };
}
