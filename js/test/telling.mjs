// What the sender, the log and onDelivery are told at each step. Every receiver is checked with this table.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { completed, fresh, REQUEST_ID, SECRET, URL as REGISTERED } from "./delivery.mjs";

/** Text of the sender. It must not appear anywhere before the body has passed. */
const MARKER = "EVIL_MARKER";
const SIGNATURE = "x-docutray-signature";
const AUTH_SIGNATURE = "x-docutray-auth-signature";
/** One secret has white space around it, so the core gives a hint about the configuration. */
export const secret = [SECRET, " spaced "];

const now = Math.floor(Date.now() / 1000);
const marked = { event: MARKER, payload: "{}" };
/** A payload that Docutray has signed and no receiver can read. */
export const unfit = completed({ conversion_id: 7, document_type_code: MARKER });
const other = completed({ status: "ERROR", document_type_code: MARKER });

/**
 * - `sent`: how the delivery differs from a valid one; `headers`, `method` and `body` change the request.
 * - `answer`: the status, and the code and field if there are any.
 * - `log`: the console's method and its text. Absent if nothing is logged.
 * - `proven`: what must be verified before the record names the delivery: its metadata or its body. `whole`: also id and key.
 */
const steps = {
  "another method": { method: "GET", sent: marked, answer: [405, "method_not_allowed"], log: ["warn", /its method is not POST/] },
  "another type": {
    headers: { "content-type": `text/${MARKER}` }, sent: marked,
    answer: [415, "unsupported_media_type"], log: ["warn", /its Content-Type is not application\/json/],
  },
  "a content coding": {
    headers: { "content-encoding": MARKER }, sent: marked,
    answer: [415, "unsupported_content_encoding"], log: ["warn", /it has a Content-Encoding/],
  },
  "a header missing": { without: SIGNATURE, sent: marked, answer: [400, "missing_header", SIGNATURE], log: ["warn", /pass all headers of the request/] },
  "a header twice": {
    headers: { "x-docutray-event": `${MARKER}, ${MARKER}` }, sent: marked,
    answer: [400, "duplicate_header", "x-docutray-event"], log: ["warn", /check what adds headers to the request/],
  },
  "a header malformed": {
    headers: { "x-docutray-event": `${MARKER}!` }, sent: marked,
    answer: [400, "malformed_header", "x-docutray-event"], log: ["warn", /Pass the value as it was received/],
  },
  "metadata of another": {
    metadata: true, sent: { ...marked, secret: "wrong" },
    answer: [401, "auth_signature_mismatch", AUTH_SIGNATURE], log: ["warn", /configured secret begins or ends with white space/],
  },
  "a time past": { sent: { ...marked, timestamp: now - 4000 }, answer: [401, "timestamp_too_old", "x-docutray-timestamp"], log: ["warn", /raise the tolerance/] },
  "a time to come": { sent: { ...marked, timestamp: now + 4000 }, answer: [401, "timestamp_too_new", "x-docutray-timestamp"], log: ["warn", /clock is right/] },
  "too large a body": { sent: { ...marked, payload: MARKER.padEnd(1001) }, answer: [413, "body_too_large"], log: ["warn", /Raise the limit/], proven: "metadata" },
  "another body": {
    body: JSON.stringify(MARKER), sent: marked,
    answer: [401, "signature_mismatch", SIGNATURE], log: ["warn", /configured secret begins or ends with white space/], proven: "metadata",
  },
  "a payload that does not fit": {
    sent: { payload: unfit }, answer: [400, "malformed_payload", "conversion_id"],
    log: ["error", new RegExp(`the authentic delivery ${REQUEST_ID} does not fit: malformed_payload: conversion_id `)], proven: "body",
  },
  "a payload of another event": {
    sent: { payload: other }, answer: [400, "event_mismatch", "status"],
    log: ["error", new RegExp(`the authentic delivery ${REQUEST_ID} does not fit: event_mismatch: `)], proven: "body",
  },
  "a payload that does not fit, which is kept": {
    sent: { payload: unfit }, options: { onUnfit() {} }, answer: [200, "malformed_payload"],
    log: ["error", /does not fit: malformed_payload: /], proven: "body", error: "conversion_id",
  },
  "a store that is away": {
    sent: {}, answer: [503, "store_unavailable"],
    options: { idempotency: { lease: 60, claim: () => Promise.reject(new Error("away")), renew() {}, complete() {}, release() {} } },
    log: ["error", /could not claim CONVERSION_COMPLETED:conv_1/], proven: "body", whole: true, error: null,
  },
  "a handler that fails": {
    sent: {}, answer: [500, "handler_failed"], options: { on: { "*": () => Promise.reject(new Error("mine")) } },
    log: ["error", /the handler of CONVERSION_COMPLETED failed/], proven: "body", whole: true, error: null,
  },
  "a good delivery": { sent: {}, answer: [200, undefined], proven: "body", whole: true, error: null },
};

/** Runs every step with a receiver. `answered(t, options, request)` returns status and JSON of its answer. */
export function tellsNobodyTooMuch(name, answered) {
  for (const url of [REGISTERED, false]) {
    suite(`${name}, with the metadata ${url ? "verified" : "not verified"}:`, () => {
      for (const [title, step] of Object.entries(steps)) {
        const isChecked = url || !step.metadata;
        test(title, { skip: !isChecked && "there is no such check" }, async (t) => {
          const errors = t.mock.method(console, "error", () => {});
          const warnings = t.mock.method(console, "warn", () => {});
          let record;
          const options = { secret, url, maxBody: 1000, on: { "*": () => {} }, onDelivery: (one) => void (record = one), ...step.options };
          const signed = fresh(step.sent);
          const headers = { ...signed.headers, ...step.headers };
          delete headers[step.without];
          const sent = { method: step.method ?? "POST", headers, body: step.body ?? signed.body };
          const { status, json } = await answered(t, options, sent);

          const [expected, code, field] = step.answer;
          assert.deepEqual([status, json.code, json.field], [expected, code, status === 200 ? undefined : field]);
          for (const hint of [MARKER, SECRET, "secret", "white space", "onfigur", "Raise", "raise", "proxy changes bodies", REGISTERED, REQUEST_ID]) {
            assert.ok(!JSON.stringify(json).includes(hint), `the sender is told ${hint}`);
          }

          const said = { error: errors, warn: warnings };
          const lines = Object.entries(said).flatMap(([level, { mock }]) => mock.calls.map((call) => [level, String(call.arguments[0])]))
            // The hint on the verifier's secrets comes before the first request.
            .filter(([, line]) => !line.startsWith("docutray-webhook: A configured secret"));
          assert.deepEqual(lines.map(([level]) => level), step.log ? [step.log[0]] : []);
          for (const [, line] of lines) {
            assert.match(line, step.log[1]);
            for (const secretText of [MARKER, SECRET, headers[SIGNATURE], headers[AUTH_SIGNATURE], REGISTERED]) {
              assert.ok(secretText === undefined || !line.includes(secretText), `the log is told ${secretText}`);
            }
          }

          const isNamed = step.proven === "body" || (step.proven === "metadata" && url !== false);
          assert.equal(record.code, code);
          assert.equal(record.requestId, isNamed ? REQUEST_ID : undefined);
          assert.equal(record.event, isNamed ? (step.sent.event ?? "CONVERSION_COMPLETED") : undefined);
          assert.equal(record.id, step.whole ? "conv_1" : undefined);
          assert.equal(record.key, step.whole ? "CONVERSION_COMPLETED:conv_1" : undefined);
          const isRefusal = step.error !== null && status !== 405 && status !== 415;
          assert.deepEqual([record.error?.code, record.error?.field], isRefusal ? [code, step.error ?? field] : [undefined, undefined]);
          if (isRefusal) {
            assert.ok(lines[0][1].includes(record.error.message), "the log is told what the record has");
          }
          assert.ok(!JSON.stringify({ ...record, event: "" }).includes(MARKER));
        });
      }
    });
  }
}
