import assert from "node:assert/strict";
import { test } from "node:test";
import { Verifier } from "docutray-webhook";
import { delivery, NOW, SECRET, URL } from "./delivery.mjs";
import { mistakes, refuses } from "./refusal.mjs";

const verifier = new Verifier({ secret: SECRET, url: URL });
const { headers, body } = delivery();

test("the host's clock is the default", () => {
  const now = Math.floor(Date.now() / 1000);
  const fresh = delivery({ timestamp: now });
  assert.equal(verifier.verify(fresh.headers, fresh.body).delivery.timestamp, now);
  assert.equal(verifier.authorize(fresh.headers, undefined).timestamp, now);
  refuses(() => verifier.verify(headers, body), "timestamp_too_old", "x-docutray-timestamp");
});

test("the fraction of a second is ignored", () => {
  assert.equal(verifier.authorize(headers, NOW + 300.999).timestamp, NOW);
  refuses(() => verifier.authorize(headers, NOW + 301), "timestamp_too_old", "x-docutray-timestamp");
  refuses(() => verifier.authorize(headers, NOW - 300.001), "timestamp_too_new", "x-docutray-timestamp");
});

test("any non-negative number is a valid time", () => {
  refuses(() => verifier.authorize(headers, 0), "timestamp_too_new", "x-docutray-timestamp");
  for (const now of [2 ** 53, 2 ** 64, Number.MAX_VALUE]) {
    refuses(() => verifier.authorize(headers, now), "timestamp_too_old", "x-docutray-timestamp");
  }
});

test("milliseconds are recognised", () => {
  assert.throws(() => verifier.authorize(headers, NOW * 1000), /looks like milliseconds/);
});

test("the error for an invalid time says what to pass", () => {
  for (const now of [-1, -0.5, NaN, Infinity, -Infinity, null, "1705314600", new Date(), 1n]) {
    mistakes(() => verifier.verify(headers, body, now), /Unix time in seconds/);
    mistakes(() => verifier.authorize(headers, now), /Unix time in seconds/);
    mistakes(() => verifier.begin(headers, now), /Unix time in seconds/);
  }
});
