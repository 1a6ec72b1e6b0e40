// What a span says of a delivery. OpenTelemetry's own tracer is in tests/frameworks/node/errors.test.mjs.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { memory } from "docutray-webhook/idempotency";
import { completed, REQUEST_ID } from "./delivery.mjs";
import { receiver, request, saidDuring } from "./receiving.mjs";

const KEY = "CONVERSION_COMPLETED:conv_1";
const KNOWN = { "messaging.message.id": REQUEST_ID, "docutray.event.name": "CONVERSION_COMPLETED" };

/** Returns how the span of a delivery was started, and the calls of its methods. */
async function spanOf(one, options = {}) {
  const calls = [];
  const note = (name) => (...given) => void calls.push([name, ...given]);
  const span = Object.fromEntries(["setAttributes", "recordException", "setStatus", "end"].map((name) => [name, note(name)]));
  let started;
  const tracer = { startActiveSpan: (name, given, run) => ((started = [name, given]), run(span)) };
  await saidDuring(() => receiver({ tracer, ...options }).handler(one));
  return { started, calls };
}

/** A request of a method that a Web Request may not have. */
function strange(method) {
  return new Proxy(request(), { get: (one, name) => (name === "method" ? method : Reflect.get(one, name)) });
}

suite("a span", () => {
  test("is a consumer's, with what is the same for all deliveries", async () => {
    const { started } = await spanOf(request());
    const attributes = { "messaging.system": "docutray", "messaging.operation.name": "process", "messaging.operation.type": "process" };
    assert.deepEqual(started, ["process docutray", { kind: 4, attributes }]);
  });

  test("says what came of a good delivery", async () => {
    const { calls } = await spanOf(request());
    const attributes = { ...KNOWN, "http.request.method": "POST", "http.response.status_code": 200, "docutray.event.key": KEY, "docutray.verdict": "processed" };
    assert.deepEqual(calls, [["setAttributes", attributes], ["end"]]);
  });

  test("says why a request was refused, and names nothing that is not verified", async () => {
    const { calls } = await spanOf(request({ secret: "another" }));
    const attributes = { "http.request.method": "POST", "http.response.status_code": 401, "error.type": "auth_signature_mismatch", "docutray.verdict": "refused" };
    assert.deepEqual(calls, [["setAttributes", attributes], ["end"]]);
  });

  test("has a failure of the server as its status, and what the handler has thrown", async () => {
    const mine = new Error("mine");
    for (const [thrown, exception] of [[mine, mine], ["text", "text"], [undefined, "undefined"]]) {
      const { calls } = await spanOf(request(), { handle: () => Promise.reject(thrown) });
      const [[, attributes], ...others] = calls;
      assert.deepEqual([attributes["error.type"], attributes["docutray.verdict"]], ["handler_failed", "failed"]);
      assert.deepEqual(others, [["recordException", exception], ["setStatus", { code: 2, message: "handler_failed" }], ["end"]]);
    }
  });

  test("of a store that is away has a status and no exception", async () => {
    const idempotency = { ...memory(), claim: () => Promise.reject(new Error("away")) };
    const { calls } = await spanOf(request(), { idempotency });
    assert.deepEqual(calls.slice(1), [["setStatus", { code: 2, message: "store_unavailable" }], ["end"]]);
  });

  test("has the methods of HTTP by their names and no other", async () => {
    for (const method of ["GET", "HEAD", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "PURGE"]) {
      const { calls } = await spanOf(strange(method));
      const [[, attributes]] = calls;
      assert.equal(attributes["http.request.method"], method === "PURGE" ? "_OTHER" : method);
      assert.equal(attributes["error.type"], "method_not_allowed");
    }
  });

  test("has no method if the request could not be read", async () => {
    const get = () => {
      throw new Error("gone");
    };
    const headers = { get, *[Symbol.iterator]() {} };
    const broken = new Proxy(request(), { get: (one, name) => (name === "headers" ? headers : Reflect.get(one, name)) });
    const { calls } = await spanOf(broken);
    const [[, attributes], [name, error]] = calls;
    assert.deepEqual(attributes, { "http.response.status_code": 500, "error.type": "handler_failed", "docutray.verdict": "failed" });
    assert.deepEqual([name, error.message], ["recordException", "gone"]);
  });

  test("of a delivery that does not fit has its event", async () => {
    const { calls } = await spanOf(request({ payload: completed({ conversion_id: 7 }) }));
    const attributes = { ...KNOWN, "http.request.method": "POST", "http.response.status_code": 400, "error.type": "malformed_payload", "docutray.verdict": "refused" };
    assert.deepEqual(calls[0], ["setAttributes", attributes]);
  });
});
