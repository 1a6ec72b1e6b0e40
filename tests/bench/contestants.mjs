// The contestants: how each gets from a request's headers and body to an authenticated, parsed object. Each is a separate
// file and is set up once when it is loaded. `verify` throws, or rejects, if it refuses a delivery.
import bodyAlone from "./contestants/by-hand-body-alone.mjs";
import unparsed from "./contestants/by-hand-unparsed.mjs";
import withCare from "./contestants/by-hand-with-care.mjs";
import octokit from "./contestants/octokit.mjs";
import ours from "./contestants/ours.mjs";
import standardwebhooks from "./contestants/standardwebhooks.mjs";
import stripe from "./contestants/stripe.mjs";
import svix from "./contestants/svix.mjs";
import webCrypto from "./contestants/web-crypto.mjs";

export { ours };

/** Ours is first, because all others are compared with it. */
export const contestants = [
  ours,
  withCare,
  bodyAlone,
  unparsed,
  webCrypto,
  stripe,
  svix,
  standardwebhooks,
  octokit,
];

/** The contestants that return a payload. */
export const readers = contestants.filter(({ unparsed }) => !unparsed);

/** Returns the payload from the result of `verify`. */
export function payloadOf({ payload }, verified) {
  return payload ? payload(verified) : verified;
}
