// --retries follows Docutray's schedule.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Verifier } from "docutray-webhook";
import { answering, startEndpoint } from "../endpoint.mjs";
import { jsonLines, run } from "../program.mjs";

const env = { DOCUTRAY_WEBHOOK_SECRET: "whsec_test" };
const send = async (url, ...more) => await run(["send", "CONVERSION_COMPLETED", "--to", url, "--retries", "--json", ...more], { env });
const pauses = (stderr) => [...stderr.matchAll(/next attempt in (\S+) s/g)].map(([, seconds]) => Number(seconds));

test("five retries with the pauses of Docutray, then it is given up: 1", async (t) => {
  const { url, received } = await startEndpoint(t, answering(500));
  const { code, stdout, stderr } = await send(url, "--speed", "100000");
  assert.equal(code, 1);
  assert.deepEqual(pauses(stderr).map((seconds) => Math.round(seconds * 100_000)), [30, 60, 300, 900, 3600]);
  assert.deepEqual(jsonLines(stdout).map(({ attempt }) => attempt), [1, 2, 3, 4, 5, 6]);
  assert.equal(received.length, 6);
});

test("the same event in a delivery of its own each time, until one is answered with 2xx", async (t) => {
  const { url, received } = await startEndpoint(t, answering(500, 302, 202));
  const { code } = await send(url, "--speed", "100000");
  assert.equal(code, 0);
  const verifier = new Verifier({ secret: "whsec_test", url });
  const events = received.map(({ fields, body }) => verifier.verify(fields, body));
  assert.equal(events.length, 3);
  assert.equal(new Set(events.map(({ key }) => key)).size, 1);
  assert.equal(new Set(events.map(({ delivery }) => delivery.requestId)).size, 3);
});

test("no connection is retried, and is 3 in the end", async () => {
  const { code, stdout } = await send("http://127.0.0.1:1/", "--speed", "1000000");
  assert.equal(code, 3);
  assert.equal(jsonLines(stdout).length, 6);
});

test("what is not allowed is not retried", async () => {
  const { code, stdout } = await send("http://203.0.113.1/");
  assert.equal(code, 2);
  assert.equal(jsonLines(stdout).length, 1);
});
