// Signs deliveries in each sender's own format with node:crypto. Uses none of the libraries.
import { createHmac } from "node:crypto";
import { REQUEST_ID, delivery } from "../../js/test/delivery.mjs";
import { KEY_BASE64, SECRET, URL } from "./secrets.mjs";

const KEY = Buffer.from(KEY_BASE64, "base64");

/** The other headers of a request, as Node has them. */
const USUAL = {
  host: "example.com",
  accept: "*/*",
  "accept-encoding": "gzip, br",
  "content-type": "application/json",
  "x-forwarded-for": "203.0.113.7",
  "x-forwarded-proto": "https",
};

/** Docutray: the body and the metadata have a signature each. */
const docutray = {
  bodySignature: "x-docutray-signature",
  timestamp: "x-docutray-timestamp",
  event: "x-docutray-event",
  headers({ body, timestamp, event }) {
    return { ...USUAL, ...delivery({ payload: body, timestamp, event, secret: SECRET, url: URL }).headers };
  },
};

/** Stripe: one header has the time and a signature over time and body. */
const stripe = {
  timestamp: "stripe-signature",
  headers({ body, timestamp }) {
    return { ...USUAL, "stripe-signature": `t=${timestamp},v1=${hmac(SECRET, `${timestamp}.`, body).toString("hex")}` };
  },
};

/** Standard Webhooks: one signature over id, time and body. */
const standard = standardAs("webhook");
/** The same with the header names of Svix, where the format comes from. */
const svix = standardAs("svix");

/** GitHub: the body's signature, and metadata without a signature. */
const github = {
  bodySignature: "x-hub-signature-256",
  event: "x-github-event",
  headers({ body, event }) {
    return {
      ...USUAL,
      "x-github-delivery": REQUEST_ID,
      "x-github-event": event,
      "x-hub-signature-256": `sha256=${hmac(SECRET, body).toString("hex")}`,
    };
  },
};

/** The formats, by the names that contestants use. */
export const formats = { docutray, stripe, standard, svix, github };

function standardAs(prefix) {
  const id = `msg_${REQUEST_ID}`;
  return {
    bodySignature: `${prefix}-signature`,
    timestamp: `${prefix}-timestamp`,
    headers({ body, timestamp }) {
      return {
        ...USUAL,
        [`${prefix}-id`]: id,
        [`${prefix}-timestamp`]: String(timestamp),
        [`${prefix}-signature`]: `v1,${hmac(KEY, `${id}.${timestamp}.`, body).toString("base64")}`,
      };
    },
  };
}

function hmac(key, ...parts) {
  return parts.reduce((mac, part) => mac.update(part), createHmac("sha256", key)).digest();
}
