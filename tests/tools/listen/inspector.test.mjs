// The inspector's API: what came, filtered, awaited, and sent again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { completed, fresh, SECRET, URL as REGISTERED } from "../delivery.mjs";
import { described } from "../described.mjs";
import { behind, deliver, listening } from "./listener.mjs";

const STARTED = { conversion_id: "conv_1", status: "PROCESSING", request_timestamp: "2024-01-15T10:29:30.000Z", document_type_code: "invoice" };

async function ids(listener, query) {
  return (await listener.api(`/api/captures${query}`)).json.items.map(({ id }) => id);
}

test("captures are filtered by event, verdict and text, the newest first", async (t) => {
  const listener = await listening(t);
  await deliver(listener, fresh({ id: "Needle" }));
  await deliver(listener, fresh({ event: "CONVERSION_STARTED", payload: STARTED }));
  await deliver(listener, fresh({ secret: "wrong" }), "/other?needle=1");
  await deliver(listener, fresh({ payload: "[]" }));
  assert.deepEqual(await ids(listener, ""), ["4", "3", "2", "1"]);
  assert.deepEqual(await ids(listener, "?event=CONVERSION_STARTED"), ["2"]);
  assert.deepEqual(await ids(listener, "?verdict=refused"), ["3"]);
  assert.deepEqual(await ids(listener, "?verdict=unfit"), ["4"]);
  assert.deepEqual(await ids(listener, "?text=nEEdle"), ["3", "1"]);
  assert.deepEqual(await ids(listener, "?text=needle&verdict=verified"), ["1"]);
  assert.deepEqual(await ids(listener, "?since=2"), ["4", "3"]);
  assert.deepEqual(await ids(listener, "?limit=1"), ["4"]);
  assert.equal((await listener.api("/api/captures/latest?verdict=verified")).json.id, "2");
});

test("a query that cannot be is refused, and says where", async (t) => {
  const listener = await listening(t);
  for (const [name, value] of [["verdict", "good"], ["limit", "501"], ["limit", "-1"], ["since", "x"], ["wait", "61s"], ["wait", "5"], ["wait", "1e1s"]]) {
    const { status, json } = await listener.api(`/api/captures?${name}=${value}`);
    assert.deepEqual([status, json.error.code, json.error.field], [400, "invalid_parameter", name]);
  }
});

test("a wait ends when a delivery that fits is answered, or with 408", async (t) => {
  const listener = await listening(t);
  const waiting = listener.latest("&verdict=verified");
  await deliver(listener, fresh({ secret: "wrong" }));
  await deliver(listener, fresh());
  const { id, answer } = await waiting;
  assert.deepEqual([id, answer.status], ["2", 200]);
  const none = await listener.api("/api/captures/latest?since=2&wait=10ms");
  assert.deepEqual([none.status, none.json.error.code], [408, "timeout"]);
  assert.equal((await listener.api("/api/captures/latest?since=2")).status, 404);
});

test("a capture is sent again as it was captured, signed afresh, and edited", async (t) => {
  const server = await behind(t);
  const listener = await listening(t, { options: ["--forward", server.url] });
  await deliver(listener, { ...fresh(), headers: { "X-Mine": "1", ...fresh().headers } }, "/hooks?a=1");
  const again = (body) => listener.api("/api/captures/1/again", body);

  const same = await again({ how: "asCaptured" });
  assert.deepEqual([same.json.again, same.json.repeats, same.json.answer.status], [{ of: "1", how: "asCaptured" }, "1", 200]);
  assert.deepEqual(server.came[1], server.came[0]);

  const signed = await again({ how: "signedAfresh" });
  assert.equal(signed.json.explanation.verdict, "verified");
  assert.deepEqual(server.came[2].body, server.came[0].body);
  assert.notEqual(server.came[2].headers["x-docutray-request-id"], server.came[0].headers["x-docutray-request-id"]);
  assert.deepEqual([server.came[2].headers["x-mine"], server.came[2].target], ["1", "/hooks?a=1"]);

  const text = JSON.stringify(completed({ conversion_id: "edited" }));
  const edited = await again({ how: "edited", body: { text } });
  assert.deepEqual([edited.json.explanation.key, server.came[3].body.toString()], ["CONVERSION_COMPLETED:edited", text]);
  assert.equal((await listener.api("/api/captures")).json.items.length, 4);
});

test("what a right receiver answers to a replay is said beforehand", async (t) => {
  const listener = await listening(t);
  await deliver(listener, fresh());
  assert.deepEqual((await listener.latest()).replay, { status: 200 });
  await deliver(listener, fresh({ timestamp: Math.floor(Date.now() / 1000) - 400 }));
  assert.deepEqual((await listener.latest("&since=1")).replay, { status: 401, code: "timestamp_too_old" });
});

test("sending again is refused where it cannot be", async (t) => {
  const alone = await listening(t);
  await deliver(alone, fresh());
  const refused = await alone.api("/api/captures/1/again", { how: "asCaptured" });
  assert.deepEqual([refused.status, refused.json.error.code], [409, "nothing_to_forward_to"]);

  const server = await behind(t);
  const listener = await listening(t, { options: ["--forward", server.url] });
  await deliver(listener, { headers: {}, body: "{}" });
  const unnamed = await listener.api("/api/captures/1/again", { how: "signedAfresh" });
  assert.deepEqual([unnamed.status, unnamed.json.error.code], [409, "no_event"]);
  for (const [body, field] of [
    [{}, "how"],
    [{ how: "again" }, "how"],
    [{ how: "asCaptured", body: { text: "" } }, "body"],
    [{ how: "edited" }, "body"],
    [{ how: "edited", body: { base64: "no base64" } }, "body"],
    [{ how: "edited", body: { text: "", url: "http://evil.example" } }, "body.url"],
    [{ how: "asCaptured", url: "http://evil.example" }, "url"],
  ]) {
    const { status, json } = await listener.api("/api/captures/1/again", body);
    assert.deepEqual([status, json.error.code, json.error.field], [400, "invalid_body", field]);
  }
  assert.equal((await listener.api("/api/captures/9/again", { how: "asCaptured" })).status, 404);
  assert.equal(server.came.length, 1);
});

test("a tree keeps digits, and what is no object has none", async (t) => {
  const listener = await listening(t);
  await deliver(listener, { headers: {}, body: '{"total":1250.00}' });
  await deliver(listener, { headers: {}, body: "total" });
  const { json } = await listener.api("/api/captures/1/tree");
  assert.deepEqual(json.members, [{ name: "total", value: { kind: "number", text: "1250.00" } }]);
  const none = await listener.api("/api/captures/2/tree");
  assert.deepEqual([none.status, none.json.error.code], [422, "malformed_payload"]);
});

test("settings have no secret", async (t) => {
  const server = await behind(t);
  const listener = await listening(t, { options: ["--forward", `${server.url}/in`] });
  const { json } = await listener.api("/api/settings");
  assert.deepEqual(json, { receives: listener.url, url: REGISTERED, forward: `${server.url}/in`, keeps: { captures: 500, bytes: 67_108_864 } });
  await deliver(listener, fresh());
  await listener.api("/api/captures/1/again", { how: "signedAfresh" });
  const everything = [JSON.stringify((await listener.api("/api/captures/1")).json), JSON.stringify((await listener.api("/api/captures")).json)];
  for (const text of [...everything, listener.output.stdout, listener.output.stderr]) {
    assert.ok(!text.includes(SECRET));
  }
});

test("the inspector does not answer on the receiving socket", async (t) => {
  const listener = await listening(t);
  for (const path of ["/", "/api/captures", "/api/settings", "/api/openapi.json", "/api/stream", "/readyz"]) {
    assert.equal((await fetch(listener.url + path)).status, 405);
  }
});

test("the stream tells of each capture and of its answer", async (t) => {
  const listener = await listening(t);
  const response = await fetch(`${listener.inspector}/api/stream`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  await deliver(listener, fresh());
  let text = "";
  while (text.split('{"changed":[{"capture":"1"}]}').length < 3) {
    text += (await reader.read()).value;
  }
  await reader.cancel();
});

test("every answer is as the OpenAPI description says", async (t) => {
  const server = await behind(t);
  const listener = await listening(t, { options: ["--forward", server.url] });
  const { call, stream, uncalled } = await described(listener.inspector, (_method, path, body) => listener.api(path, body));
  await deliver(listener, fresh());
  await deliver(listener, fresh());
  await deliver(listener, { headers: {}, body: Buffer.from([0xff]) });
  await listener.api("/api/answers", { answers: [{ answer: "reset" }] });
  await assert.rejects(deliver(listener, { headers: fresh().headers, body: `${fresh().body}\n` }));
  await deliver(listener, { headers: {}, body: Buffer.alloc(16 * 1024 * 1024 + 1, " ") });
  for (const id of ["1", "2", "3", "4", "5", "latest"]) {
    assert.equal((await call("GET", `/api/captures/${id}`)).status, 200);
  }
  assert.equal((await call("GET", "/api/captures")).json.items.length, 5);
  assert.equal((await call("GET", "/api/captures/1/tree")).status, 200);
  assert.equal((await call("GET", "/api/captures/3/tree")).status, 422);
  assert.equal((await call("GET", "/api/captures/99")).status, 404);
  assert.equal((await call("POST", "/api/captures/1/again", { how: "signedAfresh" })).status, 200);
  assert.equal((await call("POST", "/api/answers", { answers: [{ answer: 500, delivered: false }] })).status, 200);
  await call("GET", "/api/settings");
  await call("GET", "/api/openapi.json");
  await stream("/api/stream");
  await call("GET", "/readyz");
  assert.deepEqual(uncalled(), []);
});
