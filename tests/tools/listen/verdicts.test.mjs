// Every delivery is verified, told in a line, and answered as a right receiver answers it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fresh, SECRET } from "../delivery.mjs";
import { deliver, listening } from "./listener.mjs";

test("a delivery is verified and answered, a line each with the event's id", async (t) => {
  const listener = await listening(t);
  const answer = await deliver(listener, fresh({ id: "conv_7" }));
  assert.deepEqual([answer.status, JSON.parse(answer.text)], [200, { verdict: "processed" }]);
  assert.equal(answer.headers["content-type"], "application/json");
  const came = await listener.next();
  assert.deepEqual([came.type, came.id, came.verdict, came.key], ["delivery", "1", "verified", "CONVERSION_COMPLETED:conv_7"]);
  const answered = await listener.next();
  assert.deepEqual([answered.type, answered.id, answered.key, answered.answeredBy, answered.status], ["answer", "1", came.key, "listener", 200]);
});

test("the same event is marked, and answered as a duplicate", async (t) => {
  const listener = await listening(t);
  await deliver(listener, fresh({ id: "one" }));
  await deliver(listener, fresh({ id: "other" }));
  const answer = await deliver(listener, fresh({ id: "one" }));
  assert.deepEqual([answer.status, JSON.parse(answer.text)], [200, { verdict: "duplicate" }]);
  assert.equal((await listener.latest()).repeats, "1");
  // A refused one proves nothing about its event.
  await deliver(listener, fresh({ id: "one", secret: "wrong" }));
  assert.equal((await listener.latest()).repeats, undefined);
});

test("a refused delivery is answered with its code, and told with the reason and the usual mistake", async (t) => {
  const listener = await listening(t);
  const { headers, body } = fresh();
  const answer = await deliver(listener, { headers, body: `${body}\n` });
  assert.deepEqual([answer.status, JSON.parse(answer.text).code], [401, "signature_mismatch"]);
  const { verdict, error, mistake } = await listener.next();
  assert.deepEqual([verdict, error.code], ["refused", "signature_mismatch"]);
  assert.match(mistake.name, /newline/);
  assert.ok(listener.output.stderr.includes(error.message));
});

test("an authentic delivery whose payload does not fit is unfit", async (t) => {
  const listener = await listening(t);
  const answer = await deliver(listener, fresh({ payload: "[1]" }));
  assert.deepEqual([answer.status, JSON.parse(answer.text).code], [400, "malformed_payload"]);
  assert.equal((await listener.next()).verdict, "unfit");
});

test("both secrets are accepted while they change", async (t) => {
  const listener = await listening(t, { env: { DOCUTRAY_WEBHOOK_SECRET: "whsec_new", DOCUTRAY_WEBHOOK_SECRET_OLD: SECRET } });
  assert.equal((await deliver(listener, fresh())).status, 200);
  assert.equal((await deliver(listener, fresh({ secret: "whsec_new" }))).status, 200);
  assert.equal((await deliver(listener, fresh({ secret: "whsec_neither" }))).status, 401);
});

test("without --url, the address to which a delivery comes is what it must be signed for", async (t) => {
  const listener = await listening(t, { url: false });
  const here = `${listener.url}/hooks?tenant=1`;
  assert.equal((await deliver(listener, fresh({ url: here }), "/hooks?tenant=1")).status, 200);
  assert.equal((await deliver(listener, fresh({ url: here }), "/hooks?tenant=2")).status, 401);
  const local = `http://localhost:${listener.port}/hooks`;
  const { headers, body } = fresh({ url: local });
  const response = await fetch(local, { method: "POST", headers, body });
  assert.equal(response.status, 200);
});

test("a Host that a sender chooses is not believed", async (t) => {
  const listener = await listening(t, { url: false });
  const { headers, body } = fresh({ url: "http://evil.example/hooks" });
  const { status } = await deliver(listener, { headers: ["X-Forwarded-Host", "evil.example", ...Object.entries(headers).flat()], body });
  assert.equal(status, 401);
});

test("headers and bytes are kept as they came", async (t) => {
  const listener = await listening(t);
  await deliver(listener, { headers: ["X-Twice", "b", "x-TWICE", "a"], body: Buffer.from([0xff, 0x00]) }, "/hooks?a=%20'&b");
  const { headers, body, target, bytes } = await listener.latest();
  assert.deepEqual(headers.filter(([name]) => /^x-twice$/i.test(name)), [["X-Twice", "b"], ["x-TWICE", "a"]]);
  assert.deepEqual([body, target, bytes], [{ base64: "/wA=" }, "/hooks?a=%20'&b", 2]);
});
