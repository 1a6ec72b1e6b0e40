import Stripe from "stripe";
import { SECRET } from "../secrets.mjs";

const { webhooks } = new Stripe("sk_test_0");

export default {
  name: "stripe",
  format: "stripe",
  verify: isSynchronous()
    ? (headers, body) => webhooks.constructEvent(body, headers["stripe-signature"], SECRET)
    : (headers, body) => webhooks.constructEventAsync(body, headers["stripe-signature"], SECRET),
};

/** Its build for Deno, Bun and Workers has no synchronous HMAC. */
function isSynchronous() {
  try {
    return Boolean(Stripe.createNodeCryptoProvider());
  } catch {
    return false;
  }
}
