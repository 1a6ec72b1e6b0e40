// Each step of Docutray's guide, through the API.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Verifier } from "docutray-webhook";
import { serving } from "../serving.mjs";
import { endpoint } from "./endpoint.mjs";

const EVENTS = ["CONVERSION", "IDENTIFICATION", "STEP"].flatMap((family) => ["STARTED", "COMPLETED", "FAILED"].map((stage) => `${family}_${stage}`));

test("an endpoint gets all nine events, each verified by its secret", async (t) => {
  const { call } = await serving(t, ["emulate"]);
  const { url, came, verified } = await endpoint(t);
  const created = await call("POST", "/api/webhooks", { url, events: EVENTS });
  assert.equal(created.status, 201);
  const { webhook, secret } = created.json;
  assert.deepEqual([webhook.url, webhook.events, webhook.enabled], [url, EVENTS, true]);

  for (const event of EVENTS) {
    assert.equal((await call("POST", "/api/events", { event })).json.deliveries.length, 1);
    const { status, json } = await call("GET", `/api/deliveries?event=${event}&state=delivered&wait=30s`);
    assert.deepEqual([status, json.items.length], [200, 1], event);
  }
  assert.deepEqual(verified(secret).map(({ type }) => type), EVENTS);
  assert.equal(came[0].headers["user-agent"], "Docutray-Webhook/1.0");
  assert.ok(!JSON.stringify((await call("GET", "/api/webhooks")).json).includes(secret), "the secret is shown once");
});

test("a webhook gets only its events, and none while it is disabled", async (t) => {
  const { call } = await serving(t, ["emulate"]);
  const { url, came } = await endpoint(t);
  const { webhook } = (await call("POST", "/api/webhooks", { url, events: ["STEP_FAILED"] })).json;
  const { json } = await call("POST", "/api/events", { event: "STEP_COMPLETED" });
  assert.deepEqual(json, { deliveries: [], skipped: [{ webhookId: webhook.id, event: "STEP_COMPLETED", because: "notChosen" }] });

  const disabled = await call("PATCH", `/api/webhooks/${webhook.id}`, { enabled: false });
  assert.deepEqual([disabled.status, disabled.json.enabled], [200, false]);
  assert.equal((await call("POST", "/api/events", { event: "STEP_FAILED" })).json.skipped[0].because, "disabled");
  await call("PATCH", `/api/webhooks/${webhook.id}`, { enabled: true, events: ["STEP_COMPLETED"] });
  await call("POST", "/api/events", { event: "STEP_COMPLETED" });
  await call("GET", "/api/deliveries?state=delivered&wait=30s");
  assert.deepEqual(came.map(({ headers }) => headers["x-docutray-event"]), ["STEP_COMPLETED"]);
});

test("the old secret stops at once, and a deleted webhook gets nothing", async (t) => {
  const { call } = await serving(t, ["emulate"]);
  const { url, came } = await endpoint(t);
  const { webhook, secret } = (await call("POST", "/api/webhooks", { url, events: EVENTS })).json;
  const regenerated = await call("POST", `/api/webhooks/${webhook.id}/secret`);
  assert.deepEqual(Object.keys(regenerated.json), ["secret"]);
  await call("POST", "/api/events", { event: "CONVERSION_STARTED" });
  await call("GET", "/api/deliveries?state=delivered&wait=30s");
  const [{ headers, body }] = came;
  assert.throws(() => new Verifier({ secret, url }).verify(headers, body), { code: "auth_signature_mismatch" });
  new Verifier({ secret: regenerated.json.secret, url }).verify(headers, body);

  assert.equal((await call("DELETE", `/api/webhooks/${webhook.id}`)).status, 204);
  assert.equal((await call("DELETE", `/api/webhooks/${webhook.id}`)).status, 404);
  assert.deepEqual((await call("POST", "/api/events", { event: "CONVERSION_STARTED" })).json, { deliveries: [], skipped: [] });
});

test("all five retries come when the clock is turned, on Docutray's schedule", async (t) => {
  const { call } = await serving(t, ["emulate"]);
  const { url, came, verified } = await endpoint(t, (_, count) => ({ status: count < 6 ? 503 : 204 }));
  const { secret } = (await call("POST", "/api/webhooks", { url, events: EVENTS })).json;
  await call("POST", "/api/events", { event: "CONVERSION_COMPLETED" });
  const turned = await call("POST", "/api/clock", { advance: 30 + 60 + 300 + 900 + 3_600 });
  assert.deepEqual([turned.status, turned.json.advancingMilliseconds], [200, 0]);
  assert.equal(came.length, 6);
  assert.equal(new Set(verified(secret).map(({ delivery }) => delivery.requestId)).size, 6);

  const { state, attempts } = (await call("GET", "/api/deliveries/latest")).json;
  assert.equal(state, "delivered");
  const times = attempts.map(({ at }) => Date.parse(at));
  const pauses = times.slice(1).map((time, index) => Math.floor((time - times[index]) / 1_000));
  assert.deepEqual(pauses, [30, 60, 300, 900, 3_600]);
  assert.deepEqual(attempts.map(({ answer }) => answer.status), [503, 503, 503, 503, 503, 204]);
});

test("a retry repeats its request id if it is told to", async (t) => {
  const { call } = await serving(t, ["emulate", "--retry-headers", "same"]);
  const { url, came } = await endpoint(t, (_, count) => ({ status: count < 2 ? 500 : 200 }));
  await call("POST", "/api/webhooks", { url, events: EVENTS });
  await call("POST", "/api/events", { event: "CONVERSION_COMPLETED" });
  await call("POST", "/api/clock", { advance: 30 });
  assert.equal(came.length, 2);
  assert.equal(came[0].headers["x-docutray-request-id"], came[1].headers["x-docutray-request-id"]);
});

test("a chain, a payload of one's own, a changed sample, and a delivery sent again", async (t) => {
  const { call } = await serving(t, ["emulate"]);
  const { url, came, verified } = await endpoint(t);
  const { secret } = (await call("POST", "/api/webhooks", { url, events: EVENTS })).json;
  assert.equal((await call("POST", "/api/events", { chain: { family: "STEP", ends: "FAILED" } })).status, 202);
  await call("POST", "/api/clock", { advance: 600 });
  assert.deepEqual(came.map(({ headers }) => headers["x-docutray-event"]), ["STEP_STARTED", "STEP_FAILED"]);

  await call("POST", "/api/events", { event: "CONVERSION_STARTED", payload: { text: '{"amount":1250.00}' } });
  await call("GET", "/api/deliveries?event=CONVERSION_STARTED&state=delivered&wait=30s");
  assert.equal(came.at(-1).body.toString(), '{"amount":1250.00}');
  await call("POST", "/api/events", { sample: "spanish-invoice", set: [{ path: "original_filename", value: '"ñ.pdf"' }] });
  const { json } = await call("GET", "/api/deliveries?event=CONVERSION_COMPLETED&state=delivered&wait=30s");
  const [{ id, sequence }] = json.items;
  assert.match(came.at(-1).body.toString(), /"original_filename": ?"ñ\.pdf"/);

  const again = await call("POST", `/api/deliveries/${id}/again`, { how: "signedAfresh" });
  assert.equal(again.status, 202);
  await call("GET", `/api/deliveries?since=${sequence}&state=delivered&wait=30s`);
  assert.deepEqual(came.at(-1).body, came.at(-2).body);
  assert.notEqual(came.at(-1).headers["x-docutray-request-id"], came.at(-2).headers["x-docutray-request-id"]);
  assert.throws(() => verified(secret), { code: "malformed_payload" });
});

test("scripted answers stand in for the endpoint's", async (t) => {
  const { call } = await serving(t, ["emulate"]);
  const { url, came } = await endpoint(t);
  await call("POST", "/api/webhooks", { url, events: EVENTS });
  const scripted = await call("POST", "/api/answers", { answers: [{ answer: 503 }, { answer: "reset", delivered: true }, { answer: "hang" }] });
  assert.equal(scripted.status, 204);
  await call("POST", "/api/events", { event: "CONVERSION_COMPLETED" });
  await call("POST", "/api/clock", { advance: 1_000 });
  const { state, attempts } = (await call("GET", "/api/deliveries/latest")).json;
  assert.equal(state, "delivered");
  assert.deepEqual(attempts.map(({ answer }) => answer.status ?? answer.failure), [503, "reset", "timeout", 200]);
  assert.deepEqual(attempts.map(({ scripted }) => scripted), [true, true, true, false]);
  assert.equal(came.length, 2);
});
