import { test } from "node:test";
import { contract, notApplicable } from "./contract.mjs";

/** A test of each case of the contract, on a host. */
export function holds(host) {
  for (const entry of contract) {
    test(entry.name, { skip: notApplicable(entry, host) }, () => entry.run(host));
  }
}
