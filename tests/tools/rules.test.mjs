// Promise: the functions of the rules do in JavaScript what their types say. Their rules are tested in Rust.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Verifier } from "docutray-webhook";
import { source } from "./source.mjs";

const { rule, RuleFault } = await source("rules.ts");

const NOW = 1_705_314_600;
const URL = "https://example.com/hooks";
const SECRET = "whsec_9f8e7d6c5b4a";
const verifier = new Verifier({ secret: SECRET, url: URL, tolerance: 86_400 });

function unsigned(name, fields = {}) {
  const { event, body } = rule("sample", { name, now: NOW, ...fields });
  return { secret: SECRET, url: URL, event, body, now: NOW, requestId: "550e8400-e29b-41d4-a716-446655440000" };
}

const verified = ({ headers, body }) => verifier.verify(headers, body.text, NOW);

test("each sample is signed and verified, and its tree is that of its text", () => {
  const samples = rule("samples", {});
  assert.ok(samples.length > 9);
  for (const { name, event, title } of samples) {
    const delivery = rule("sign", unsigned(name));
    assert.equal(verified(delivery).name, event, title);
    const { kind, members, omitted = 0 } = rule("tree", { body: delivery.body });
    assert.equal(kind, "object");
    assert.equal(members.length + omitted, Object.keys(JSON.parse(delivery.body.text)).length, name);
  }
});

test("values are set, numbers with their digits, and a path that is not there is a fault", () => {
  const set = [{ path: "data.amount", value: "99.90" }];
  const { body } = unsigned("CONVERSION_COMPLETED", { set, id: "conv_é" });
  assert.match(body.text, /"conversion_id":"conv_é".*"amount":99\.90,/);
  assert.deepEqual(rule("edit", { body, set: [{ path: "data.amount", value: "1250.00" }] }).text, body.text.replace("99.90", "1250.00"));
  assert.throws(
    () => rule("edit", { body, set: [{ path: "data.amuont", value: "1" }] }),
    (fault) => fault instanceof RuleFault && fault.code === "unknown_path" && fault.field === "set",
  );
});

test("a chain is one piece of work", () => {
  const links = rule("chain", { family: "STEP", ends: "FAILED", now: NOW, id: "step_1", failedError: "object" });
  assert.deepEqual(
    links.map(({ event, afterSeconds }) => [event, afterSeconds]),
    [["STEP_STARTED", 0], ["STEP_FAILED", 12]],
  );
  for (const { event, body } of links) {
    assert.equal(verified(rule("sign", { ...unsigned("STEP_STARTED"), event, body })).id, "step_1");
  }
});

test("the package refuses each forgery with its code, and the explanation names the same", () => {
  const byHttp = ["unsupported_media_type", "unsupported_content_encoding"];
  const genuine = unsigned("CONVERSION_COMPLETED");
  for (const { name, code, status } of rule("forgeries", {})) {
    const { headers, body, ...about } = rule("forge", { name, delivery: genuine });
    assert.deepEqual([about.name, about.code, about.status], [name, code, status]);
    if (byHttp.includes(code)) {
      continue;
    }
    assert.throws(() => verified({ headers, body }), { code, status });
    const { verdict, error } = rule("explain", { headers, body, secrets: [SECRET], url: URL, now: NOW, tolerance: 86_400 });
    assert.equal(error.code, code);
    assert.equal(verdict, ["malformed_payload", "event_mismatch"].includes(code) ? "unfit" : "refused");
  }
});

test("a delivery is explained, bytes that are not UTF-8 as well", () => {
  const { headers, body } = rule("sign", unsigned("spanish-invoice"));
  const latin1 = { base64: Buffer.from(body.text, "latin1").toString("base64") };
  const explained = (fields) => rule("explain", { headers, body, secrets: [SECRET], url: URL, now: NOW, ...fields });
  assert.equal(explained().verdict, "verified");
  assert.equal(explained({ url: `${URL}/` }).mistake.name, "url_slash");
  assert.equal(explained({ secrets: [`"${SECRET}"`] }).mistake.name, "secret_quotes");
  const odd = rule("sign", { ...unsigned("STEP_FAILED"), body: { base64: "/w==" } });
  assert.equal(odd.body.base64, "/w==");
  assert.equal(rule("explain", { ...odd, secrets: [SECRET], now: NOW }).steps[4].state, "failed");
  assert.equal(explained({ body: latin1 }).error.code, "signature_mismatch");
});

test("what a function does not take is a fault that does not repeat it", () => {
  for (const input of [{ secrets: SECRET }, { secrets: [{ [SECRET]: 1 }] }, [SECRET]]) {
    assert.throws(
      () => rule("explain", input),
      (fault) => fault.code === "invalid_input" && !fault.message.includes("9f8e7d6c5b4a"),
    );
  }
  assert.throws(() => rule("forge", { name: "bodi", delivery: unsigned("STEP_FAILED") }), { code: "unknown_forgery", field: "name" });
  assert.throws(() => rule("tree", { body: { text: "[]" } }), { code: "malformed_payload" });
});
