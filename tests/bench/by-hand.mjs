// Verification by hand, without a library: carefully, and as it is usually written.
import { createHmac, timingSafeEqual } from "node:crypto";

const SIGNATURE = /^sha256=[0-9a-f]{64}$/;
const TIMESTAMP = /^[0-9]{1,12}$/;
const REQUEST_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const EVENT = /^[A-Z][A-Z0-9_]*$/;
const TOLERANCE = 300;

/** Verifies Docutray's deliveries: both signatures, over bytes and in constant time, and a strict, fresh timestamp. */
export function proveAll(secret, url, headers, body) {
  check(headers, "x-docutray-auth-signature", secret, readMetadata(url, headers));
  proveBody(secret, headers, body);
}

/** Verifies only the body's signature of Docutray's deliveries. */
export function proveBody(secret, headers, body) {
  check(headers, "x-docutray-signature", secret, body);
}

/** Returns the text that the signature of the metadata covers, if the timestamp is fresh. */
export function readMetadata(url, headers) {
  const timestamp = header(headers, "x-docutray-timestamp", TIMESTAMP);
  const requestId = header(headers, "x-docutray-request-id", REQUEST_ID);
  const event = header(headers, "x-docutray-event", EVENT);
  if (Math.abs(Math.floor(Date.now() / 1000) - Number(timestamp)) > TOLERANCE) {
    throw new Error("not fresh");
  }
  return `${requestId}|${timestamp}|${url}|${event}`;
}

/** Returns the bytes of a signature. */
export function received(headers, name) {
  return Buffer.from(header(headers, name, SIGNATURE).slice("sha256=".length), "hex");
}

function header(headers, name, grammar) {
  const value = headers[name];
  if (typeof value !== "string" || !grammar.test(value)) {
    throw new Error(`${name} is missing or malformed`);
  }
  return value;
}

function check(headers, name, secret, signed) {
  if (!timingSafeEqual(received(headers, name), createHmac("sha256", secret).update(signed).digest())) {
    throw new Error(`${name} does not match`);
  }
}
