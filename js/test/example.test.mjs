import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { after, before, suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { completed, delivery, SECRET, URL } from "./delivery.mjs";
import { begun, received } from "./serving.mjs";

const SERVER = fileURLToPath(import.meta.resolve("../examples/node/server.mjs"));
const fresh = (options) => delivery({ timestamp: Math.floor(Date.now() / 1000), ...options });
const LIMIT = 16 * 1024 * 1024;

/** Starts it as the example's README says. */
function start(environment, ...options) {
  return spawn(process.execPath, [...options, SERVER], {
    env: { PORT: "0", DOCUTRAY_WEBHOOK_SECRET: SECRET, DOCUTRAY_WEBHOOK_URL: URL, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function addressOf(server) {
  const [line] = await once(createInterface(server.stdout), "line");
  return /^listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)[1];
}

suite("examples/node", () => {
  let server;
  let address;
  let written = "";

  before(async () => {
    server = start({ DOCUTRAY_WEBHOOK_SECRET_OLD: "whsec_old" });
    server.stderr.on("data", (text) => {
      written += text;
    });
    address = await addressOf(server);
  });

  after(() => server.kill());

  const post = ({ headers, body }) => fetch(address, { method: "POST", headers, body, duplex: "half" });

  async function isGood(response) {
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-type"), "application/json");
    assert.deepEqual(await response.json(), {
      type: "CONVERSION_COMPLETED",
      id: "conv_1",
      key: "CONVERSION_COMPLETED:conv_1",
    });
  }

  async function isProblem(response, status, code) {
    assert.equal(response.status, status);
    assert.equal(response.headers.get("content-type"), "application/problem+json");
    const problem = await response.json();
    assert.equal(problem.status, status);
    assert.equal(problem.code, code);
    assert.match(problem.detail, /\.$/);
    assert.doesNotMatch(problem.detail, /secret|white space|configur/);
  }

  test("accepts a valid delivery, signed with the new or the old secret", async () => {
    await isGood(await post(fresh()));
    await isGood(await post(fresh({ secret: "whsec_old" })));
  });

  test("refuses any other delivery with its code", async () => {
    const { headers, body } = fresh();
    await isProblem(await post({ headers: {}, body }), 400, "missing_header");
    await isProblem(await post({ headers, body: `${body} ` }), 401, "signature_mismatch");
    await isProblem(await post(fresh({ secret: "wrong" })), 401, "auth_signature_mismatch");
    await isProblem(await post(delivery()), 401, "timestamp_too_old");
    await isProblem(await post(fresh({ payload: "[]" })), 400, "malformed_payload");
    await isProblem(await post(fresh({ payload: completed({ status: "ERROR" }) })), 400, "event_mismatch");
  });

  test("refuses a body over the limit, and the sender gets the answer", async () => {
    const { headers } = fresh();
    await isProblem(await post({ headers, body: new Uint8Array(LIMIT + 1) }), 413, "body_too_large");
    await isGood(await post(fresh()));
  });

  test("answers other methods with 405 and Allow: POST", async () => {
    const response = await fetch(address);
    assert.equal(response.status, 405);
    assert.equal(response.headers.get("allow"), "POST");
  });

  test("keeps running when a sender disconnects during its body", async () => {
    const { headers, body } = fresh();
    const { hostname, port } = new globalThis.URL(address);
    const socket = connect(Number(port), hostname);
    const sent = { host: hostname, "content-length": body.length, ...headers };
    const lines = Object.entries(sent).map((pair) => pair.join(": "));
    socket.write(`POST / HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${body.slice(0, 20)}`);
    await once(socket, "ready");
    // When the next request is answered, the server has begun with this one.
    await isGood(await post(fresh()));
    socket.destroy();
    await isGood(await post(fresh()));
    assert.equal(written, "");
  });
});

test("examples/node answers a stalled body 408 and closes the connection", async (t) => {
  // The first chunk arrives when the 25 s are over.
  const hurried = `
    const { setTimeout } = globalThis;
    globalThis.setTimeout = (callback, ms, ...args) => setTimeout(callback, ms === 25_000 ? 0 : ms, ...args);`;
  const server = start({}, "--import", `data:text/javascript,${encodeURIComponent(hurried)}`);
  t.after(() => server.kill());
  const { headers, body } = fresh();
  const socket = await begun(await addressOf(server), { ...headers, "content-length": body.length }, body.slice(0, 20));
  const answer = await received(socket, "incomplete_body");
  assert.match(answer, /^HTTP\/1\.1 408 /);
  assert.match(answer, /^connection: close\r$/im);
  if (!socket.closed) {
    await once(socket.resume(), "close");
  }
});

test("examples/node does not start without its settings, and names them", async () => {
  const server = start({ DOCUTRAY_WEBHOOK_SECRET: "" });
  let written = "";
  server.stderr.on("data", (text) => {
    written += text;
  });
  const [code] = await once(server, "close");
  assert.equal(code, 1);
  assert.match(written, /invalid_config: .*secret/);
});
