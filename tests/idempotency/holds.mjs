import { test } from "node:test";
import { contract, notApplicable } from "./contract.mjs";

/** For a suite: what waits without end has failed. In milliseconds. */
export const PATIENCE = 600_000;

/** A test of each case of the contract, on a host. */
export function holds(host) {
  for (const entry of contract) {
    test(entry.name, { skip: notApplicable(entry, host) }, () => entry.run(host));
  }
}
