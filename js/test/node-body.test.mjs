// Bodies that are not read to their end: the sender gets an answer, and the connection stays open.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { connect, constants, createServer as createHttp2Server } from "node:http2";
import { text } from "node:stream/consumers";
import { suite, test } from "node:test";
import { nodeHandler } from "docutray-webhook/node";
import { fresh, SECRET, URL } from "./delivery.mjs";
import { begun, head, listening, post, received } from "./serving.mjs";

/** Less than a client's HTTP/2 session buffers. */
const MEGABYTES = Buffer.alloc(2 * 1024 * 1024, " ");

/** Returns a handler that accepts 1000 bytes, the ids of what it has processed, and the record of its first request. */
function handler() {
  const processed = [];
  let handle;
  const recorded = new Promise((resolve) => {
    handle = nodeHandler({
      secret: SECRET,
      url: URL,
      maxBody: 1000,
      on: { "*": ({ id }) => void processed.push(id) },
      onDelivery: resolve,
    });
  });
  return { handle, processed, recorded };
}

suite("a refused body of megabytes", () => {
  /** A chunk in HTTP's chunked coding, and the chunk that ends a body. */
  const chunk = Buffer.concat([Buffer.from("10000\r\n"), Buffer.alloc(0x10000, " "), Buffer.from("\r\n")]);
  const END = "0\r\n\r\n";

  for (const [what, change, status, code] of [
    ["for its size", {}, 413, "body_too_large"],
    ["for its headers", { "x-docutray-event": "nothing" }, 400, "malformed_header"],
    ["for its type", { "content-type": "text/plain" }, 415, "unsupported_media_type"],
  ]) {
    test(`${what} does not block its connection, and the next delivery is accepted`, async (t) => {
      const { handle, processed } = handler();
      const address = await listening(t, createServer(handle));
      const { headers, body } = fresh();
      const socket = await begun(address, { ...headers, ...change, "transfer-encoding": "chunked" });
      for (let count = 0; count < 128; count++) {
        // If the server stopped reading, this would wait for ever.
        await new Promise((resolve) => socket.write(chunk, resolve));
      }
      socket.write(END + head({ ...headers, "content-length": body.length }) + body);
      const answers = await received(socket, "processed");
      assert.deepEqual(answers.match(/(?<=HTTP\/1\.1 )\d+/g), [String(status), "200"]);
      assert.ok(answers.includes(code));
      assert.deepEqual(processed, ["conv_1"]);
      socket.destroy();
    });
  }

  test("is answered even if its sender reads only after sending all of it", async (t) => {
    const { handle } = handler();
    const address = await listening(t, createServer(handle));
    const { headers } = fresh();
    for (const body of [MEGABYTES, Buffer.alloc(1001)]) {
      const { status, json } = await post(address, { headers, body });
      assert.deepEqual([status, json.code], [413, "body_too_large"]);
    }
  });
});

test("a length over the limit is refused before any of the body has arrived", async (t) => {
  const { handle } = handler();
  const address = await listening(t, createServer(handle));
  const socket = await begun(address, { ...fresh().headers, "content-length": 1001 });
  assert.match(await received(socket, "body_too_large"), /^HTTP\/1\.1 413 /);
  socket.destroy();
});

test("a sender that waits for `100 Continue` gets the answer to its headers", async (t) => {
  const { handle } = handler();
  const address = await listening(t, createServer(handle));
  const socket = await begun(address, { ...fresh().headers, "content-length": 1001, expect: "100-continue" });
  assert.match(await received(socket, "body_too_large"), /^HTTP\/1\.1 413 /m);
  socket.destroy();
});

for (const [how, leave] of Object.entries({
  "closes its end": (socket) => socket.end(),
  "goes away": (socket) => socket.destroy(),
  "breaks the connection": (socket) => socket.resetAndDestroy(),
})) {
  test(`a sender that ${how} during its body is logged once as an incomplete body`, async (t) => {
    const warnings = t.mock.method(console, "warn", () => {});
    const { handle, processed, recorded } = handler();
    const address = await listening(t, createServer(handle));
    const { headers, body } = fresh();
    const socket = await begun(address, { ...headers, "content-length": body.length }, body.slice(0, 20));
    socket.on("error", () => {});
    leave(socket);
    const { verdict, code } = await recorded;
    assert.deepEqual([verdict, code], ["refused", "incomplete_body"]);
    assert.deepEqual((await post(address, fresh())).json, { verdict: "processed" });
    assert.deepEqual(processed, ["conv_1"]);
    assert.deepEqual(warnings.mock.calls.map((call) => /ended early/.test(call.arguments[0])), [true]);
  });
}

suite("over HTTP/2", () => {
  const { HTTP2_HEADER_METHOD: METHOD, HTTP2_HEADER_STATUS: STATUS } = constants;

  async function session(t, handle) {
    const client = connect(await listening(t, createHttp2Server(handle)));
    t.after(() => client.destroy());
    return client;
  }

  async function sent(client, { headers, body }) {
    const stream = client.request({ [METHOD]: "POST", ...headers });
    const answered = once(stream, "response");
    stream.end(body);
    const [response] = await answered;
    return { status: response[STATUS], json: JSON.parse(await text(stream)) };
  }

  test("deliveries get the same answers", async (t) => {
    const { handle, processed } = handler();
    const client = await session(t, handle);
    const { headers, body } = fresh();
    assert.deepEqual(await sent(client, fresh()), { status: 200, json: { verdict: "processed" } });
    assert.deepEqual(await sent(client, fresh()), { status: 200, json: { verdict: "duplicate" } });
    assert.equal((await sent(client, { headers, body: `${body} ` })).json.code, "signature_mismatch");
    assert.equal((await sent(client, { headers: {}, body })).status, 415);
    assert.deepEqual(processed, ["conv_1"]);
  });

  test("a refused body of megabytes leaves its session usable for the next delivery", async (t) => {
    const { handle } = handler();
    const client = await session(t, handle);
    const { headers } = fresh();
    assert.equal((await sent(client, { headers, body: MEGABYTES })).status, 413);
    const others = { ...headers, "x-docutray-event": "nothing" };
    assert.equal((await sent(client, { headers: others, body: MEGABYTES })).status, 400);
    assert.equal((await sent(client, fresh())).status, 200);
  });

  for (const [how, reset] of Object.entries({
    "by CANCEL": (stream) => stream.destroy(new DOMException("", "AbortError")),
    "by NO_ERROR": (stream) => stream.destroy(),
    "by CANCEL, after it has ended its body early": (stream) => stream.close(constants.NGHTTP2_CANCEL),
    "by NO_ERROR, after it has ended its body early": (stream) => stream.close(constants.NGHTTP2_NO_ERROR),
  })) {
    test(`a sender that resets its stream ${how} is answered as an incomplete body, not as forged`, async (t) => {
      t.mock.method(console, "warn", () => {});
      const { handle, processed, recorded } = handler();
      const client = await session(t, handle);
      const { headers, body } = fresh();
      const stream = client.request({ [METHOD]: "POST", ...headers });
      stream.on("error", () => {});
      await new Promise((resolve) => stream.write(body.slice(0, 20), resolve));
      reset(stream);
      const { verdict, code: told, status } = await recorded;
      assert.deepEqual([verdict, told, status], ["refused", "incomplete_body", 400]);
      assert.equal((await sent(client, fresh())).status, 200);
      assert.deepEqual(processed, ["conv_1"]);
    });
  }
});
