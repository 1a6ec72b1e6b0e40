// Limits for arriving bodies: the budget for their bytes and the deadline for their time.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { suite, test } from "node:test";
import { collectGarbage } from "./instance.mjs";
import { nodeHandler } from "docutray-webhook/node";
import { fresh, SECRET, URL } from "./delivery.mjs";
import { turn } from "./clock.mjs";
import { receiver, request, saidDuring, told } from "./receiving.mjs";
import { begun, listening, post, received } from "./serving.mjs";

const KILOBYTE = " ".repeat(1000);

/** Returns a body whose chunks arrive when the test sends them. */
function sent(options = {}) {
  let controller;
  const state = { cancelled: false };
  const stream = new ReadableStream({ start: (own) => void (controller = own), cancel: () => void (state.cancelled = true) });
  return {
    state,
    request: request({ body: stream, ...options }),
    async send(text) {
      controller.enqueue(typeof text === "string" ? Buffer.from(text) : text);
      await turn();
    },
    end: () => controller.close(),
  };
}

suite("the budget for all arriving bodies", () => {
  const options = { maxBody: 4000, bodyBudget: 5000 };

  test("answers a delivery that exceeds it 503, and not 413", async () => {
    const { handler } = receiver(options);
    const first = sent();
    const answers = [handler(first.request)];
    await first.send(KILOBYTE.repeat(4));
    const second = sent();
    const said = await saidDuring(async () => {
      const answer = handler(second.request);
      await second.send(KILOBYTE);
      await second.send(" ");
      const { status, headers, body } = await told(await answer);
      assert.deepEqual([status, body.code, headers["retry-after"]], [503, "overloaded", "30"]);
    });
    assert.equal(said.length, 1);
    assert.match(said[0][0], /more than the bodyBudget of 5000 bytes/);
    assert.equal(second.state.cancelled, false);
    first.end();
    assert.equal((await told(await answers[0])).body.code, "signature_mismatch");
  });
});

suite("a body that stalls", () => {
  test("is answered 408 at the deadline, gives its bytes back, and is read no further", async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { handled, handler } = receiver({ maxBody: 4000, bodyBudget: 4000, deadline: 25 });
    const stalled = sent();
    const answer = handler(stalled.request);
    await stalled.send(KILOBYTE.repeat(4));
    assert.equal((await handler(request())).status, 503);
    t.mock.timers.tick(25_000);
    const said = await saidDuring(async () => {
      const { status, body } = await told(await answer);
      assert.deepEqual([status, body.status, body.code], [408, 408, "incomplete_body"]);
    });
    assert.match(said[0][0], /had not arrived completely by the deadline/);
    assert.deepEqual((await told(await handler(request()))).body, { verdict: "processed" });
    assert.equal(stalled.state.cancelled, false);
    // A late chunk is ignored and causes no unhandled error.
    await stalled.send(" ");
    stalled.end();
    await turn();
    assert.equal(handled.length, 1);
  });

  test("on Node is answered, and its connection is closed", async (t) => {
    t.mock.method(console, "warn", () => {});
    const on = { "*": () => {} };
    const address = await listening(t, createServer(nodeHandler({ secret: SECRET, url: URL, on, deadline: 0.05 })));
    const { headers, body } = fresh();
    const socket = await begun(address, { ...headers, "content-length": body.length }, body.slice(0, 20));
    const answer = await received(socket, '"incomplete_body"');
    assert.match(answer, /^HTTP\/1\.1 408 /);
    assert.match(answer, /^connection: close\r$/im);
    if (!socket.closed) {
      await once(socket.resume(), "close");
    }
    assert.deepEqual((await post(address, fresh())).json, { verdict: "processed" });
  });
});

test("a body of single bytes takes little more memory than its length", async () => {
  const { handler } = receiver({ maxBody: 1_000_000 });
  const { request, send, end } = sent();
  const answer = handler(request);
  collectGarbage();
  const before = memoryHeld();
  const byte = new Uint8Array(1);
  for (let count = 0; count < 50_000; count++) {
    await send(byte);
  }
  collectGarbage();
  // An array for each byte would take about 11 MB.
  assert.ok(memoryHeld() - before < 4_000_000, `${memoryHeld() - before} bytes`);
  end();
  await saidDuring(async () => assert.equal((await told(await answer)).body.code, "signature_mismatch"));
});

function memoryHeld() {
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}
