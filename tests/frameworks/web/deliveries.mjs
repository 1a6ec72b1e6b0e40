// Checks over HTTP the answers that every framework must give.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { completed, delivery } from "./delivery.mjs";
import { SECRET, URL } from "./settings.mjs";

const MIB = 1024 * 1024;
/** The size of the largest body that is accepted, in bytes. */
const LIMIT = 16 * MIB;
/** The time limit for each answer, and for a handler that continues, in milliseconds. The machine may be busy. */
const MINUTE = 60_000;
const inTime = () => AbortSignal.timeout(MINUTE);

/** The handler's own answer to other methods. */
const NOT_ALLOWED = { status: 405, allow: "POST", code: "method_not_allowed" };

/** Checks `receiver.mjs`, whose handler can take longer than its deadline. */
export async function takesAllDeliveries(address, options) {
  await takesDeliveries(address, options);
  await goesOnWhenLate(address);
}

/**
 * Checks valid, repeated, tampered, forged and large deliveries, and other requests. `get` is the answer to GET. `readsAhead`
 * says that the framework reads the whole body before it calls the handler.
 */
export async function takesDeliveries(address, { get = NOT_ALLOWED, readsAhead = false } = {}) {
  await refusesOthers(address, get);
  await takesOnce(address, {});
  await takesOnce(address, { text: "x".repeat(MIB) });
  await refusesTooLarge(address, readsAhead);
}

/** Checks a valid delivery that the framework truncates at its own limit. */
export async function refusesCut(address) {
  await isProblem(await post(address, fresh({ text: "x".repeat(MIB) })), 400, "incomplete_body");
}

async function takesOnce(address, data) {
  const good = fresh(data);
  const tampered = { ...good, body: good.body.replace("SUCCESS", "success") };
  assert.notEqual(tampered.body, good.body);
  await isProblem(await post(address, tampered), 401, "signature_mismatch");
  await isVerdict(await post(address, good), "processed");
  await isProblem(await post(address, tampered), 401, "signature_mismatch");
  await isVerdict(await post(address, good), "duplicate");
}

async function refusesOthers(address, { status, allow, code }) {
  const response = await fetch(address, { signal: inTime() });
  assert.deepEqual([response.status, response.headers.get("allow")], [status, allow]);
  const body = await response.text();
  if (code) {
    assert.equal(JSON.parse(body).code, code);
  }
  const good = fresh({});
  await isProblem(await post(address, good, { "content-type": "application/xml" }), 415, "unsupported_media_type");
  await isProblem(await post(address, good, { "x-docutray-event": "STEP_FAILED" }), 401, "auth_signature_mismatch");
}

/** The length alone decides: the body is sent only if the framework reads ahead. */
async function refusesTooLarge(address, readsAhead) {
  const headers = { "content-type": "application/json", "content-length": LIMIT + 1, ...fresh({}).headers };
  const sending = request(address, { method: "POST", headers, signal: inTime() });
  if (readsAhead) {
    sending.end(new Uint8Array(LIMIT + 1));
  } else {
    sending.flushHeaders();
  }
  const [response] = await once(sending, "response");
  await isProblem(new Response(response, { status: response.statusCode, headers: response.headers }), 413, "body_too_large");
  sending.destroy();
}

/** The handler continues after the deadline. When Docutray repeats the delivery, it is a duplicate. */
async function goesOnWhenLate(address) {
  const slow = fresh({ slow: true });
  await isProblem(await post(address, slow), 503, "deadline_exceeded");
  for (const end = Date.now() + MINUTE; Date.now() < end; await pause(100)) {
    const response = await post(address, slow);
    if (response.status !== 503) {
      await isVerdict(response, "duplicate");
      return;
    }
    await isProblem(response, 503, "busy");
  }
  assert.fail("the handler never ended");
}

/** Returns a delivery of a new event, since several addresses may share a store. */
function fresh(data) {
  return delivery({
    secret: SECRET,
    url: URL,
    timestamp: Math.floor(Date.now() / 1000),
    payload: completed({ conversion_id: randomUUID(), data }),
  });
}

function post(address, { headers, body }, more) {
  const sent = { "content-type": "application/json", ...headers, ...more };
  return fetch(address, { method: "POST", headers: sent, body, signal: inTime() });
}

async function isVerdict(response, verdict) {
  const body = await response.text();
  assert.deepEqual([response.status, body], [200, JSON.stringify({ verdict })]);
  assert.equal(response.headers.get("content-type"), "application/json");
}

async function isProblem(response, status, code) {
  const body = await response.text();
  assert.equal(response.status, status, body);
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  const problem = JSON.parse(body);
  assert.deepEqual([problem.status, problem.code], [status, code]);
  assert.equal(response.headers.has("retry-after"), status === 503);
}
