import { rule } from "../rules.js";
import type { Forgery } from "../wire.js";
import { signed, unsigned, type DeliveryToSign, type SignedDelivery } from "./signed-delivery.js";

/** A delivery that a right receiver refuses, with what it refuses it for. */
export type ForgedDelivery = SignedDelivery & Forgery;

/** All ways to forge a delivery. Each names the error code of this package with which a right receiver refuses it. */
export function forgeries(): readonly Forgery[] {
  return rule("forgeries", {});
}

/**
 * Forges a delivery: signs it, and changes what the forgery's name says.
 *
 * @throws {RuleFault} `unknown_forgery`, and those of {@link signDelivery}.
 */
export function forge(name: string, delivery: DeliveryToSign): ForgedDelivery {
  const { headers, body, ...forgery } = rule("forge", { name, delivery: unsigned(delivery) });
  // A spread would read `request` once and for all.
  return Object.defineProperties(forgery, Object.getOwnPropertyDescriptors(signed({ headers, body }, delivery.url))) as ForgedDelivery;
}
