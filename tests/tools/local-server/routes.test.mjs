// Each request gets an answer that says what was wrong with it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PortTaken, send, started, writing } from "./server.mjs";

test("the parameters of path and query are decoded", async (t) => {
  const server = await started(t);
  const { json } = await send(server, { path: "/api/items/a%2Fb?text=x%20y" });
  assert.deepEqual(json, { params: { id: "a/b" }, query: { text: "x y" } });
});

test("what is wrong is named", async (t) => {
  const server = await started(t);
  const wrong = [
    ["GET", "/api/nothing", 404, "not_found"],
    ["GET", "/api/items/%ff", 404, "not_found"],
    ["GET", "/api/items/", 404, "not_found"],
    ["GET", "http://evil.example/readyz", 404, "not_found"],
    ["DELETE", "/api/items/1", 405, "method_not_allowed"],
    ["DELETE", "/api/stream", 405, "method_not_allowed"],
    ["GET", "/api/items/1?txt=a", 400, "unknown_parameter", "txt"],
    ["GET", "/api/items/1?text=a&text=b", 400, "duplicate_parameter", "text"],
    ["GET", "/api/items/1?constructor=a", 400, "unknown_parameter", "constructor"],
  ];
  for (const [method, path, status, code, field] of wrong) {
    const { status: given, json } = await send(server, { method, path });
    assert.deepEqual([given, json.error.code, json.error.field], [status, code, field], path);
  }
});

test("a body has to be JSON in UTF-8; none is an empty object", async (t) => {
  const server = await started(t);
  for (const body of ["{", Buffer.from([0x22, 0xff, 0x22]), "\ufeff{}"]) {
    const { status, json } = await send(server, { method: "POST", path: "/api/echo", headers: writing(server), body });
    assert.deepEqual([status, json.error.code], [400, "malformed_json"]);
  }
  assert.deepEqual((await send(server, { method: "POST", path: "/api/echo", headers: writing(server) })).json, {});
});

test("the page and its files are served, and HEAD has no body", async (t) => {
  const server = await started(t);
  assert.match((await send(server, { path: "/" })).headers["content-type"], /^text\/html/);
  assert.match((await send(server, { path: "/page.js" })).headers["content-type"], /^text\/javascript/);
  assert.equal((await send(server, { method: "HEAD", path: "/" })).text, "");
});

test("a fault of a route is an answer", async (t) => {
  const broken = { method: "GET", path: "/api/broken", summary: "Broken", answers: {}, answer: () => Promise.reject(new Error("no")) };
  const server = await started(t, { routes: [broken] });
  const { status, json } = await send(server, { path: "/api/broken" });
  assert.deepEqual([status, json.error.code], [500, "internal"]);
});

test("a port that is taken is named", async (t) => {
  const { port } = await started(t);
  await assert.rejects(started(t, { port }), (error) => error instanceof PortTaken && error.message.includes(String(port)));
});
