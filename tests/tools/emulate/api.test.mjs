// The API's description is right: every operation is called, and every answer compared with it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { described } from "../described.mjs";
import { serving } from "../serving.mjs";
import { endpoint } from "./endpoint.mjs";

const EVENTS = ["CONVERSION_COMPLETED", "STEP_COMPLETED"];

test("every answer is as it is described", async (t) => {
  const emulator = await serving(t, ["emulate"]);
  const { call, stream, uncalled } = await described(emulator.url, emulator.call);
  const { url } = await endpoint(t, (_, count) => (count === 1 ? { status: 500, headers: { "x-a": "b" }, body: Buffer.of(0xff) } : { status: 200, body: "ok" }));

  await call("GET", "/readyz");
  await call("GET", "/api/openapi.json");
  await stream("/api/stream");
  const { webhook } = (await call("POST", "/api/webhooks", { url, events: EVENTS, enabled: true })).json;
  await call("GET", "/api/webhooks");
  await call("GET", `/api/webhooks/${webhook.id}`);
  await call("PATCH", `/api/webhooks/${webhook.id}`, { events: EVENTS });
  await call("POST", `/api/webhooks/${webhook.id}/secret`);
  await call("GET", "/api/samples");
  await call("GET", "/api/samples/spanish-invoice");
  await call("GET", "/api/settings");

  const { id } = (await call("POST", "/api/events", { event: "CONVERSION_COMPLETED" })).json.deliveries[0];
  await call("GET", "/api/deliveries?state=waiting&wait=30s");
  await call("GET", "/api/clock");
  await call("POST", "/api/clock", { speed: 2 });
  await call("POST", "/api/clock", { advance: 30 });
  await call("POST", "/api/answers", { answers: [{ answer: 503 }, { answer: "reset", delivered: true }] });
  await call("POST", `/api/deliveries/${id}/again`, { how: "edited", body: { text: '{"a":[1250.00,"x",null]}' } });
  const { sequence } = (await call("GET", "/api/deliveries/latest")).json;
  await call("GET", `/api/deliveries?since=${sequence - 1}&state=waiting&wait=30s`);
  const latest = (await call("GET", "/api/deliveries/latest?event=CONVERSION_COMPLETED")).json;
  await call("GET", `/api/deliveries/${latest.id}`);
  const tree = await call("GET", `/api/deliveries/${latest.id}/tree`);
  assert.equal(tree.json.members[0].value.items[0].text, "1250.00");
  await call("POST", "/api/events", { chain: { family: "STEP", ends: "COMPLETED" } });
  await call("POST", "/api/events", { sample: "large", webhookId: webhook.id });
  await call("GET", "/api/deliveries?limit=2&text=step");
  await call("PATCH", `/api/webhooks/${webhook.id}`, { enabled: false });
  await call("GET", "/api/deliveries");
  await call("DELETE", `/api/webhooks/${webhook.id}`);
  await call("POST", "/api/reset");
  assert.deepEqual(uncalled(), []);
});

test("the scripted answers that are taken are those that are described", async (t) => {
  const emulator = await serving(t, ["emulate"]);
  const { call, takes } = await described(emulator.url, emulator.call);
  for (const [answer, isTaken] of [[99, false], [100, false], [199, false], [200, true], [599, true], [600, false], ["hang", true], ["reset", true], ["late", false]]) {
    const body = { answers: [{ answer }] };
    const { status } = await call("POST", "/api/answers", body);
    assert.deepEqual([status < 300, takes("POST", "/api/answers", body)], [isTaken, isTaken], String(answer));
  }
});

test("a webhook gets all nine events by default, and what is missing is named", async (t) => {
  const { call } = await serving(t, ["emulate"]);
  const created = await call("POST", "/api/webhooks", { url: "https://example.com/hooks" });
  assert.deepEqual([created.status, created.json.webhook.events.length, created.json.webhook.enabled], [201, 9, true]);
  const { json } = await call("POST", "/api/webhooks", { events: EVENTS });
  assert.match(json.error.message, /missing field `url`$/);
  const { json: other } = await call("POST", "/api/webhooks", { url: 5 });
  assert.match(other.error.message, /expected a string$/);
});

test("each wrong request says what is wrong", async (t) => {
  const emulator = await serving(t, ["emulate"]);
  const { call } = await described(emulator.url, emulator.call);
  const url = "https://example.com/hooks";
  const { webhook } = (await call("POST", "/api/webhooks", { url, events: EVENTS, enabled: false })).json;
  const wrong = [
    ["POST", "/api/webhooks", { url: "http://example.com", events: EVENTS }, 400, "url_not_allowed", "url"],
    ["POST", "/api/webhooks", { url: "nonsense", events: EVENTS }, 400, "invalid_url", "url"],
    ["POST", "/api/webhooks", { url, events: [] }, 400, "no_events", "events"],
    ["POST", "/api/webhooks", { url, events: ["NOTHING"] }, 400, "unknown_event", "events"],
    ["POST", "/api/webhooks", { events: EVENTS }, 400, "invalid_body"],
    ["POST", "/api/webhooks", { url: 5 }, 400, "invalid_body"],
    ["POST", "/api/webhooks", { url, events: EVENTS, type: "reset" }, 400, "invalid_body", "type"],
    ["POST", "/api/webhooks", [], 400, "invalid_body"],
    ["PATCH", `/api/webhooks/${webhook.id}`, { id: "another" }, 400, "invalid_body", "id"],
    ["PATCH", "/api/webhooks/nobody", { enabled: true }, 404, "unknown_webhook", "id"],
    ["GET", "/api/webhooks/nobody", undefined, 404, "unknown_webhook", "id"],
    ["POST", "/api/events", {}, 400, "ambiguous_trigger", "event"],
    ["POST", "/api/events", { event: "NOTHING" }, 400, "unknown_event", "event"],
    ["POST", "/api/events", { sample: "nothing" }, 400, "unknown_sample"],
    ["POST", "/api/answers", { answers: [{ answer: 99 }] }, 400, "invalid_answer", "answers"],
    ["POST", "/api/clock", {}, 400, "invalid_body"],
    ["POST", "/api/clock", { advance: 1, speed: 2 }, 400, "invalid_body"],
    ["POST", "/api/clock", { advance: -1 }, 400, "invalid_body"],
    ["POST", "/api/clock", { speed: 0 }, 400, "invalid_speed", "speed"],
    ["GET", "/api/deliveries/nothing", undefined, 404, "unknown_delivery", "id"],
    ["GET", "/api/deliveries/nothing/tree", undefined, 404, "unknown_delivery", "id"],
    ["GET", "/api/deliveries/latest", undefined, 404, "no_delivery"],
    ["GET", "/api/deliveries?wait=1ms", undefined, 408, "timeout", "wait"],
    ["GET", "/api/deliveries?wait=61s", undefined, 400, "invalid_parameter", "wait"],
    ["GET", "/api/deliveries?wait=5", undefined, 400, "invalid_parameter", "wait"],
    ["GET", "/api/deliveries?since=x", undefined, 400, "invalid_parameter", "since"],
    ["GET", "/api/deliveries?state=gone", undefined, 400, "invalid_parameter"],
    ["GET", "/api/samples/nothing", undefined, 404, "unknown_sample"],
  ];
  for (const [method, path, body, status, code, field] of wrong) {
    const answer = await call(method, path, body);
    const { error } = answer.json;
    assert.deepEqual([answer.status, error.code, field === undefined ? undefined : error.field], [status, code, field], `${method} ${path} ${JSON.stringify(body)} ${JSON.stringify(error)}`);
    // The rules get a text that the caller has never seen.
    assert.doesNotMatch(error.message, /column/);
  }
});
