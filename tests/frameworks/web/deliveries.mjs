// What a sender has to get from every framework, over HTTP.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { completed, delivery } from "./delivery.mjs";
import { SECRET, URL } from "./settings.mjs";

const MIB = 1024 * 1024;
/** The largest body that is taken, in bytes. */
const LIMIT = 16 * MIB;
/** How often a delivery is repeated until its handler has ended, a second apart. */
const RETRIES = 30;

/** The handler's own answer to another method. */
const NOT_ALLOWED = { status: 405, allow: "POST", code: "method_not_allowed" };

/** Good, repeated, tampered, large; `get` is what GET comes to. */
export async function takesDeliveries(address, { get = NOT_ALLOWED } = {}) {
  await refusesOthers(address, get);
  await takesOnce(address, {});
  await takesOnce(address, { text: "x".repeat(MIB) });
  await refusesForged(address);
  await refusesTooLarge(address);
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

/** Before the body is read, of which the sender has sent no more than fits: it hears of it all the same. */
async function refusesForged(address) {
  const { headers, body } = fresh({ text: "x".repeat(MIB) });
  const forged = { body, headers: { ...headers, "x-docutray-event": "CONVERSION_FAILED" } };
  await isProblem(await post(address, forged), 401, "auth_signature_mismatch");
}

async function refusesOthers(address, { status, allow, code }) {
  const response = await fetch(address);
  assert.deepEqual([response.status, response.headers.get("allow")], [status, allow]);
  const body = await response.text();
  if (code) {
    assert.equal(JSON.parse(body).code, code);
  }
  await isProblem(await post(address, fresh({}), { "content-type": "application/xml" }), 415, "unsupported_media_type");
}

/** With a length that tells, and without one; the sender hears of it though not all was read. */
async function refusesTooLarge(address) {
  const { headers } = fresh({});
  const body = new Uint8Array(LIMIT + 1);
  await isProblem(await post(address, { headers, body }), 413, "body_too_large");
  await isProblem(await post(address, { headers, body: new Blob([body]).stream() }), 413, "body_too_large");
}

/** For a receiver.mjs: the handler goes on after the deadline, so that the delivery is a duplicate when Docutray repeats it. */
export async function goesOnWhenLate(address) {
  const slow = fresh({ slow: true });
  await isProblem(await post(address, slow), 503, "deadline_exceeded");
  for (let retry = 0; retry < RETRIES; retry += 1) {
    const response = await post(address, slow);
    if (response.status !== 503) {
      await isVerdict(response, "duplicate");
      return;
    }
    await isProblem(response, 503, "busy");
    await pause(1000);
  }
  assert.fail("the handler never ended");
}

/** An event of its own: several addresses may share a store. */
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
  return fetch(address, { method: "POST", headers: sent, body, duplex: "half" });
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
