// What send sends is what Docutray sends: the core verifies it, and its bytes and headers are exact.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Verifier, WebhookError } from "docutray-webhook";
import { startEndpoint } from "../endpoint.mjs";
import { run } from "../program.mjs";

const SECRET = "whsec_test";
const REGISTERED = "https://example.com/hooks?tenant=a&b=c";
const env = { DOCUTRAY_WEBHOOK_SECRET: SECRET };
const EVENTS = ["CONVERSION", "IDENTIFICATION", "STEP"].flatMap((family) => ["STARTED", "COMPLETED", "FAILED"].map((stage) => `${family}_${stage}`));

const verifierOf = (url) => new Verifier({ secret: SECRET, url });

test("all nine events in one call, as one chain: same id, each with a request id of its own", async (t) => {
  const { url, received } = await startEndpoint(t);
  const { code } = await run(["send", ...EVENTS, "--to", url], { env });
  assert.equal(code, 0);
  const events = received.map(({ fields, body }) => verifierOf(url).verify(fields, body));
  assert.deepEqual(events.map(({ type }) => type), EVENTS);
  assert.equal(new Set(events.map(({ id }) => id)).size, 1);
  assert.equal(new Set(events.map(({ delivery }) => delivery.requestId)).size, 9);
});

test("headers have Docutray's names, case and order; the registered URL is signed and the target gets it", async (t) => {
  const { url, port, received } = await startEndpoint(t);
  const { code, stderr } = await run(["send", "spanish-invoice", "--to", `${url}?x=1`, "--url", REGISTERED], { env });
  assert.equal(code, 0);
  assert.match(stderr, /signed for https:\/\/example\.com\/hooks\?tenant=a&b=c/);
  const [{ method, target, headers, fields, body }] = received;
  assert.deepEqual([method, target, headers.host], ["POST", "/hooks?x=1", `127.0.0.1:${port}`]);
  assert.deepEqual(fields.map(([name]) => name), [
    "Host",
    "Content-Type",
    "User-Agent",
    "X-Docutray-Signature",
    "X-Docutray-Auth-Signature",
    "X-Docutray-Timestamp",
    "X-Docutray-Request-Id",
    "X-Docutray-Event",
    "Content-Length",
    "Connection",
  ]);
  assert.equal(headers["user-agent"], "Docutray-Webhook/1.0");
  const { payload } = verifierOf(REGISTERED).verify(fields, body);
  assert.match(JSON.stringify(payload.data), /ñ/i);
});

test("the large and the deep one arrive whole", async (t) => {
  const { url, received } = await startEndpoint(t);
  assert.equal((await run(["send", "large", "deep", "--to", url], { env })).code, 0);
  received.forEach(({ fields, body }) => verifierOf(url).verify(fields, body));
  assert.ok(received[0].body.length > 1_000_000);
});

test("an age that no time can have is refused by its option", async () => {
  for (const age of ["99999999999", "-99999999999"]) {
    const { code, stderr } = await run(["send", "STEP_STARTED", "--to", "http://127.0.0.1:1/", "--age", age], { env });
    assert.equal(code, 2);
    assert.match(stderr, /--age must be a whole number from /);
    assert.doesNotMatch(stderr, /column/);
  }
});

test("--set changes a value and keeps every other digit", async (t) => {
  const { url, received } = await startEndpoint(t);
  const set = ["--set", "data.currency=EUR", "--set", "data.lines[0].price=0.10"];
  assert.equal((await run(["send", "CONVERSION_COMPLETED", "--to", url, ...set], { env })).code, 0);
  const text = String(received[0].body);
  for (const part of ['"currency":"EUR"', '"price":0.10', '"amount":1250.00']) {
    assert.ok(text.includes(part), text);
  }
});

test("--payload sends the bytes of a file or of stdin as they are, under any event's name", async (t) => {
  const directory = await mkdtemp(join(tmpdir(), "payload-"));
  t.after(() => rm(directory, { recursive: true }));
  const { url, received } = await startEndpoint(t);
  const bytes = Buffer.from('\ufeff{ "a": 1.0,\r\n "b": "\u00e9" }\n');
  const invalid = Buffer.concat([bytes, Buffer.from([0xff, 0x00])]);
  await writeFile(join(directory, "payload"), invalid);
  assert.equal((await run(["send", "BATCH_ARCHIVED", "--to", url, "--payload", "-"], { env, input: bytes })).code, 0);
  assert.equal((await run(["send", "BATCH_ARCHIVED", "--to", url, "--payload", join(directory, "payload")], { env })).code, 0);
  assert.deepEqual(received.map(({ body }) => body), [bytes, invalid]);
  assert.deepEqual(received.map(({ headers }) => headers["x-docutray-event"]), ["BATCH_ARCHIVED", "BATCH_ARCHIVED"]);
});

test("--age dates it back, or ahead", async (t) => {
  const { url, received } = await startEndpoint(t);
  for (const [age, code] of [["3600", "timestamp_too_old"], ["-3600", "timestamp_too_new"]]) {
    assert.equal((await run(["send", "STEP_STARTED", "--to", url, "--age", age], { env })).code, 0);
    const { fields, body } = received.at(-1);
    assert.throws(() => verifierOf(url).verify(fields, body), (error) => error instanceof WebhookError && error.code === code);
  }
});

test("--repeat sends the same delivery again", async (t) => {
  const { url, received } = await startEndpoint(t);
  assert.equal((await run(["send", "STEP_STARTED", "--to", url, "--repeat", "3"], { env })).code, 0);
  assert.equal(received.length, 3);
  assert.deepEqual(received[1], received[0]);
  assert.deepEqual(received[2], received[0]);
});

test("--failed-error chooses the form of the error", async (t) => {
  const { url, received } = await startEndpoint(t);
  for (const form of ["string", "object", "none"]) {
    await run(["send", "STEP_FAILED", "--to", url, "--failed-error", form], { env });
  }
  const types = received.map(({ body }) => typeof JSON.parse(body).error);
  assert.deepEqual(types, ["string", "object", "undefined"]);
});

test("a new send is a new event", async (t) => {
  const { url, received } = await startEndpoint(t);
  await run(["send", "STEP_STARTED", "--to", url], { env });
  await run(["send", "STEP_STARTED", "--to", url], { env });
  const keys = received.map(({ fields, body }) => verifierOf(url).verify(fields, body).key);
  assert.notEqual(keys[0], keys[1]);
});
