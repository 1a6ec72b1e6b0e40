import type { Durations } from "./durations.js";
import { checkHealth, type Readiness } from "./health.js";
import type { Claim, StoreWithHealth } from "./store.js";

/** A call of a store, as data. Durations are in seconds. */
export type ClaimCall = Durations &
  ({ readonly method: "claim" } | { readonly method: "renew" | "complete" | "release"; readonly token: number });

/** What it comes to: a {@link Claim} for `claim`, else whether the claim is still its caller's. */
export type CallResult = Claim | boolean;

/** A store that carries out every call in one way. */
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
