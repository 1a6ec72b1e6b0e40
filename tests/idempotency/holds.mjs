import { test } from "node:test";
import { contract, notApplicable } from "./contract.mjs";

/** A suite's time limit, in milliseconds. */
export const PATIENCE = 600_000;

/** Makes a test of each case of the contract, on a host. */
export function holds(host) {
  for (const entry of contract) {
    test(entry.name, { skip: notApplicable(entry, host) }, () => entry.run(host));
  }
}
