// `docutray-webhook/testing` signs what the package verifies, and forges what it refuses.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { Verifier } from "docutray-webhook";
import { webHandler } from "docutray-webhook/handler";
import * as imported from "docutray-webhook/testing";

const { RuleFault, chain, forge, forgeries, sample, samples, signDelivery } = imported;
const SECRET = "a secret of a test, long enough";
const URL = "https://example.com/hooks";
const QUIET = { warn() {}, error() {} };
const verifier = new Verifier({ secret: SECRET, url: URL });

test("a signed delivery is verified, as headers and body and as a request", async () => {
  const delivery = signDelivery({ secret: SECRET, url: URL, event: "CONVERSION_COMPLETED" });
  const event = verifier.verify(delivery.headers, delivery.body);
  assert.equal(event.type, "CONVERSION_COMPLETED");
  assert.equal(delivery.headers["User-Agent"], "Docutray-Webhook/1.0");
  const types = [await verifier.verifyRequest(delivery.request), await verifier.verifyRequest(delivery.request)].map(({ type }) => type);
  assert.deepEqual(types, ["CONVERSION_COMPLETED", "CONVERSION_COMPLETED"]);
});

test("the payload is what is given: text, bytes, or an object", () => {
  const text = '{"status":"PROCESSING","conversion_id":"c","request_timestamp":"t","document_type_code":"i","n":1250.00}';
  for (const payload of [text, new TextEncoder().encode(text), JSON.parse(text)]) {
    const { headers, body } = signDelivery({ secret: SECRET, url: URL, event: "CONVERSION_STARTED", payload });
    assert.equal(verifier.verify(headers, body).id, "c");
    assert.equal(Buffer.from(body).toString(), typeof payload === "string" || payload instanceof Uint8Array ? text : JSON.stringify(payload));
  }
  const bytes = Uint8Array.of(0xff, 0xfe);
  assert.deepEqual(signDelivery({ secret: SECRET, url: URL, event: "STEP_FAILED", payload: bytes.subarray(0, 1) }).body, Uint8Array.of(0xff));
});

test("time and request id are what is given", () => {
  const requestId = "123e4567-e89b-42d3-a456-426614174000";
  const { headers, body } = signDelivery({ secret: SECRET, url: URL, event: "STEP_STARTED", now: 1_705_314_600, requestId });
  assert.deepEqual(verifier.verify(headers, body, 1_705_314_600).delivery, {
    requestId,
    timestamp: 1_705_314_600,
    event: "STEP_STARTED",
    metadataAuthenticated: true,
  });
  assert.throws(() => verifier.verify(headers, body), { code: "timestamp_too_old" });
});

test("a wrong option is named", () => {
  assert.throws(() => signDelivery({ url: URL, event: "STEP_STARTED" }), /secret has to be a string/);
  assert.throws(() => signDelivery({ secret: SECRET, url: URL, event: "STEP_STARTED", now: new Date() }), /Unix time in seconds/);
  assert.throws(() => signDelivery({ secret: SECRET, url: URL, event: "STEP_STARTED", payload: () => {} }), /payload has to be/);
  assert.throws(() => signDelivery({ secret: SECRET, url: URL, event: "DOCUMENT_ARCHIVED" }), (error) => error instanceof RuleFault && error.code === "unknown_sample");
});

test("every sample is verified, with changes, too", () => {
  const all = samples();
  assert.ok(all.length > 9);
  for (const { name, event } of all) {
    const { payload } = sample(name);
    const { headers, body } = signDelivery({ secret: SECRET, url: URL, event, payload });
    assert.equal(verifier.verify(headers, body).name, event, name);
  }
  const { event, payload } = sample("CONVERSION_COMPLETED", { id: "mine", set: [{ path: "original_filename", value: "ñ.pdf" }] });
  assert.equal(event, "CONVERSION_COMPLETED");
  assert.deepEqual([JSON.parse(payload).conversion_id, JSON.parse(payload).original_filename], ["mine", "ñ.pdf"]);
});

test("a chain is one piece of work", () => {
  const links = chain({ family: "IDENTIFICATION", ends: "FAILED" });
  assert.deepEqual(links.map(({ event }) => event), ["IDENTIFICATION_STARTED", "IDENTIFICATION_FAILED"]);
  assert.equal(new Set(links.map(({ payload }) => JSON.parse(payload).identification_id)).size, 1);
});

test("every forgery is refused with its code", async () => {
  const answer = webHandler({ secret: SECRET, url: URL, logger: QUIET, on: { "*": () => assert.fail("processed") } });
  assert.ok(forgeries().length >= 6);
  for (const { name, code, status } of forgeries()) {
    const forged = forge(name, { secret: SECRET, url: URL, event: "CONVERSION_COMPLETED" });
    assert.equal(forged.code, code);
    // A handler looks at the content's type and encoding, before a verifier.
    if (status !== 415) {
      assert.throws(() => verifier.verify(forged.headers, forged.body), { code }, name);
    }
    assert.equal((await answer(forged.request)).status, status, name);
  }
  assert.throws(() => forge("nonsense", { secret: SECRET, url: URL, event: "STEP_FAILED" }), { code: "unknown_forgery" });
});

test("import and require give the same", () => {
  const required = createRequire(import.meta.url)("docutray-webhook/testing");
  assert.deepEqual({ ...imported }, { ...required });
});
