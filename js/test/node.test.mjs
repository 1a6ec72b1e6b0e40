// The handler behind node:http. The processing of a delivery is the same on every host and tested elsewhere.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { fastifyWebhook, nodeHandler } from "docutray-webhook/node";
import { completed, fresh, SECRET, URL } from "./delivery.mjs";
import { later } from "./receiving.mjs";
import { begun, listening, post, received } from "./serving.mjs";

const options = { secret: SECRET, url: URL };

/** Starts a server. Returns its address and the ids of what was processed. */
async function served(t, more) {
  const processed = [];
  const on = { CONVERSION_COMPLETED: ({ id }) => void processed.push(id) };
  const server = createServer(nodeHandler({ ...options, on, ...more }));
  return { processed, address: await listening(t, server) };
}

test("a valid delivery is processed and answered, a repetition is only answered", async (t) => {
  const { address, processed } = await served(t);
  const first = await post(address, fresh());
  assert.equal(first.status, 200);
  assert.equal(first.headers.get("content-type"), "application/json");
  assert.ok(first.headers.has("content-length"));
  assert.deepEqual(first.json, { verdict: "processed" });
  const second = await post(address, fresh());
  assert.deepEqual([second.status, second.json], [200, { verdict: "duplicate" }]);
  assert.deepEqual(processed, ["conv_1"]);
});

test("a tampered delivery is answered with a problem", async (t) => {
  const { address, processed } = await served(t);
  const { headers, body } = fresh();
  const refused = await post(address, { headers, body: body.replace("1190.5", "9190.5") });
  assert.equal(refused.status, 401);
  assert.equal(refused.headers.get("content-type"), "application/problem+json");
  assert.deepEqual([refused.json.status, refused.json.code], [401, "signature_mismatch"]);
  assert.deepEqual(processed, []);
});

test("other methods are answered 405 with Allow: POST", async (t) => {
  const { address } = await served(t);
  for (const method of ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"]) {
    const response = await fetch(address, { method });
    assert.equal(response.status, 405, method);
    assert.equal(response.headers.get("allow"), "POST");
  }
});

test("other media types are answered 415", async (t) => {
  const { address } = await served(t);
  const { headers, body } = fresh();
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "json"]) {
    const { status, json } = await post(address, { headers: { ...headers, "content-type": type }, body });
    assert.deepEqual([status, json.code], [415, "unsupported_media_type"], type);
  }
});

test("two media types are answered 415, although the first is right", async (t) => {
  const { address } = await served(t);
  const { headers, body } = fresh();
  const doubled = { ...headers, "content-type": "application/json", "Content-Type": "text/plain", "content-length": body.length };
  const socket = await begun(address, doubled, body);
  t.after(() => socket.destroy());
  assert.match(await received(socket, "unsupported_media_type"), /^HTTP\/1\.1 415 /);
});

test("a handler that throws is answered 500, and the next try succeeds", async (t) => {
  const errors = t.mock.method(console, "error", () => {});
  let calls = 0;
  const { address } = await served(t, {
    on: {
      "*": () => {
        if (++calls === 1) {
          throw new Error("the disk is full");
        }
      },
    },
  });
  const failed = await post(address, fresh());
  assert.deepEqual([failed.status, failed.json.code], [500, "handler_failed"]);
  assert.equal(errors.mock.calls[0].arguments.at(-1).message, "the disk is full");
  assert.doesNotMatch(JSON.stringify(failed.json), /disk/);
  assert.deepEqual((await post(address, fresh())).json, { verdict: "processed" });
});

test("an answer that the application has already sent stays", async (t) => {
  const handle = nodeHandler({ ...options, on: { "*": () => {} } });
  const ended = later();
  const server = createServer((request, response) => {
    response.end('"too late"');
    handle(request, response).then(ended.resolve, ended.reject);
  });
  const { json } = await post(await listening(t, server), fresh());
  assert.equal(json, "too late");
  await ended.promise;
});

test("wrong options are refused when the handler is made", () => {
  assert.throws(() => nodeHandler({ ...options, secret: "", on: { "*": () => {} } }), { code: "invalid_config", field: "secret" });
  assert.throws(() => nodeHandler(options), { code: "invalid_config", field: "on" });
});

test("an answer that cannot be sent is reported, and does not end the process", async (t) => {
  const passed = [];
  const on = { "*": () => {} };
  const handler = nodeHandler({ ...options, on, onError: (error, context) => void passed.push([error.message, context.code]) });
  const said = [];
  t.mock.method(console, "error", (...words) => void said.push(words));
  const server = createServer(async (request, response) => {
    response.setHeader = () => {
      throw new Error("another has sent its headers");
    };
    await handler(request, response);
    response.writeHead(204).end();
  });
  const address = await listening(t, server);
  const { headers, body } = fresh();
  assert.equal((await fetch(address, { method: "POST", headers, body })).status, 204);
  assert.deepEqual(passed, [["another has sent its headers", "answer_not_sent"]]);
  assert.match(said[0][0], /the answer could not be sent/);
});

test("Fastify is told the largest body that is taken", async () => {
  const limits = [];
  const all = (_, { bodyLimit }) => void limits.push(bodyLimit);
  const scope = { addContentTypeParser() {}, removeAllContentTypeParsers() {}, all };
  for (const more of [{ maxBody: 1000 }, { maxBody: 1000, secret: () => SECRET }]) {
    await fastifyWebhook(scope, { path: "/hooks", on: { "*": () => {} }, ...options, ...more });
  }
  assert.deepEqual(limits, [1000, 1000]);
});

test("Fastify's path has to be text", async () => {
  const scope = { addContentTypeParser() {}, removeAllContentTypeParsers() {}, all: () => assert.fail("it has a route") };
  for (const path of [undefined, /hooks/]) {
    await assert.rejects(fastifyWebhook(scope, { path, on: { "*": () => {} }, ...options }), { code: "invalid_config", field: "path" });
  }
});

test("Fastify gets what a handler has thrown, and otherwise the answer", async (t) => {
  let answer;
  const scope = { addContentTypeParser() {}, removeAllContentTypeParsers() {}, all: (_path, _options, given) => void (answer = given) };
  const failure = new Error("mine");
  const on = { "*": ({ id }) => (id === "conv_1" ? Promise.reject(failure) : undefined) };
  await fastifyWebhook(scope, { path: "/hooks", on, ...options });
  t.mock.method(console, "error", () => {});
  const sent = [];
  const server = createServer(async (raw, response) => {
    const reply = { sent: false, code: (status) => ((response.statusCode = status), reply), headers: () => reply, send: (what) => (sent.push(what), reply) };
    await answer({ raw, body: raw }, reply);
    response.end();
  });
  const address = await listening(t, server);
  for (const [id, status] of [["conv_1", 500], ["conv_2", 200]]) {
    const { headers, body } = fresh({ payload: completed({ conversion_id: id }) });
    assert.equal((await fetch(address, { method: "POST", headers, body })).status, status);
  }
  assert.equal(sent[0], failure);
  assert.deepEqual(JSON.parse(new TextDecoder().decode(sent[1])), { verdict: "processed" });
});
