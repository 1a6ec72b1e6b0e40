// What is compared: how each gets from a request's headers and body to an authenticated, parsed object.
import { verify as verifyGithub } from "@octokit/webhooks-methods";
import { Verifier } from "docutray-webhook";
import { Webhook } from "standardwebhooks";
import Stripe from "stripe";
import { Webhook as SvixWebhook } from "svix";
import { bodyAlone, withCare } from "./by-hand.mjs";
import { SECRET, SECRET_BASE64, URL, docutray, github, standard, stripe, svix } from "./deliveries.mjs";

/** All are set up once, outside of what is measured. */
const verifier = new Verifier({ secret: SECRET, url: URL });
const stripeWebhooks = new Stripe("sk_test_0").webhooks;
const svixWebhook = new SvixWebhook(SECRET_BASE64);
const standardWebhook = new Webhook(SECRET_BASE64);

/** Ours, which all are compared with. */
export const ours = {
  name: "docutray-webhook",
  format: docutray,
  verify: (headers, body) => verifier.verify(headers, body).payload,
};

/** Each with the format of its sender. `verify` throws, or rejects, for what it refuses. */
export const libraries = [
  ours,
  {
    name: "by hand, with care",
    format: docutray,
    verify: (headers, body) => withCare(SECRET, URL, headers, body),
  },
  {
    name: "by hand, body alone",
    format: docutray,
    verify: (headers, body) => bodyAlone(SECRET, headers, body),
  },
  {
    name: "stripe",
    format: stripe,
    verify: (headers, body) => stripeWebhooks.constructEvent(body, headers["stripe-signature"], SECRET),
  },
  { name: "svix", format: svix, verify: (headers, body) => svixWebhook.verify(body, headers) },
  { name: "standardwebhooks", format: standard, verify: (headers, body) => standardWebhook.verify(body, headers) },
  { name: "@octokit/webhooks-methods", format: github, verify: octokit },
];

/** It takes text alone. */
async function octokit(headers, body) {
  const text = body.toString();
  if (!(await verifyGithub(SECRET, text, headers["x-hub-signature-256"]))) {
    throw new Error("the signature does not match");
  }
  return JSON.parse(text);
}
