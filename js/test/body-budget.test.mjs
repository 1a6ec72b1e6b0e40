// What bodies under way may cost: bytes up to the budget, and time up to the deadline.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { suite, test } from "node:test";
import { collectGarbage } from "./instance.mjs";
import { createHandler } from "docutray-webhook/node";
import { fresh, SECRET, URL } from "./delivery.mjs";
import { turn } from "./clock.mjs";
import { receiver, request, saidDuring, told } from "./receiving.mjs";
import { begun, listening, post, received } from "./serving.mjs";

const KILOBYTE = " ".repeat(1000);

/** A body whose chunks come when the test sends them. */
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
    fail: () => controller.error(new Error("connection lost")),
  };
}

suite("the budget for all bodies under way", () => {
  const options = { maxBody: 4000, bodyBudget: 5000 };

  test("puts a delivery off that finds no room, and never calls it too large", async () => {
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

  test("counts what has come, not what is announced", async () => {
    const { handler } = receiver(options);
    const waiting = Array.from({ length: 100 }, () => sent({ headers: { "content-length": "4000" } }));
    const answers = waiting.map(({ request }) => handler(request));
    await turn();
    assert.deepEqual((await told(await handler(request()))).body, { verdict: "processed" });
    for (const { end } of waiting) {
      end();
    }
    for (const answer of answers) {
      assert.equal((await told(await answer)).body.code, "incomplete_body");
    }
  });

  const ways = {
    "processed": async (handler) => handler(request()),
    "a duplicate": async (handler) => handler(request()),
    "refused for its body": async (handler) => handler(request({ body: KILOBYTE.repeat(4) })),
    "refused for its size": async (handler) => handler(request({ body: KILOBYTE.repeat(5) })),
    "unfit": async (handler) => handler(request({ payload: "[]".padEnd(3000) })),
    "cut": async (handler) => {
      const { request, send, fail } = sent();
      const answer = handler(request);
      await send(KILOBYTE.repeat(4));
      fail();
      return answer;
    },
    "put off itself": async (handler) => {
      const other = sent();
      const waiting = handler(other.request);
      await other.send(KILOBYTE.repeat(4));
      const answer = await handler(request({ body: KILOBYTE.repeat(4) }));
      assert.equal(answer.status, 503);
      other.end();
      await waiting;
      return answer;
    },
    "failed in its handler": async (handler) => handler(request({ id: "conv_fails" })),
  };
  for (const [what, come] of Object.entries(ways)) {
    test(`has all its room again after a delivery that was ${what}`, async () => {
      const handle = ({ id }) => (id === "conv_fails" ? Promise.reject(new Error("no")) : undefined);
      const { handler } = receiver({ ...options, handle });
      await saidDuring(async () => {
        for (let times = 0; times < 3; times++) {
          await come(handler);
        }
        const first = sent();
        const second = sent();
        const answers = [handler(first.request), handler(second.request)];
        await first.send(KILOBYTE.repeat(4));
        await second.send(KILOBYTE);
        first.end();
        second.end();
        for (const answer of answers) {
          assert.equal((await told(await answer)).body.code, "signature_mismatch");
        }
      });
    });
  }

  test("is four times the largest body, unless it is said", async () => {
    const { handler } = receiver({ maxBody: 1000 });
    const bodies = Array.from({ length: 4 }, () => sent());
    const answers = bodies.map(({ request }) => handler(request));
    await saidDuring(async () => {
      for (const { send } of bodies) {
        await send(KILOBYTE);
      }
      assert.equal((await handler(request({ body: " " }))).status, 503);
      for (const { end } of bodies) {
        end();
      }
      await Promise.all(answers);
    });
  });
});

suite("a body that stalls", () => {
  test("is answered 408 at the deadline, gives back what it held, and is not read on", async (t) => {
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
    assert.match(said[0][0], /had not come whole at the deadline/);
    assert.deepEqual((await told(await handler(request()))).body, { verdict: "processed" });
    assert.equal(stalled.state.cancelled, false);
    // What comes after all is nobody's, and nothing is left that would break over it.
    await stalled.send(" ");
    stalled.end();
    await turn();
    assert.equal(handled.length, 1);
  });

  test("comes in drops: the deadline is the whole body's, not each chunk's", async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { handler } = receiver({ deadline: 10 });
    const slow = sent();
    const answer = handler(slow.request);
    for (let seconds = 0; seconds < 10; seconds++) {
      await slow.send(" ");
      t.mock.timers.tick(1000);
    }
    await saidDuring(async () => assert.equal((await answer).status, 408));
  });

  test("that fails later ends no process", async (t) => {
    const unhandled = t.mock.fn();
    process.on("unhandledRejection", unhandled);
    t.after(() => process.off("unhandledRejection", unhandled));
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { handler } = receiver();
    const stalled = sent();
    const answer = handler(stalled.request);
    await stalled.send(" ");
    t.mock.timers.tick(25_000);
    const said = await saidDuring(async () => {
      assert.equal((await answer).status, 408);
      stalled.fail();
      await turn();
    });
    assert.equal(said.length, 1);
    assert.equal(unhandled.mock.callCount(), 0);
  });

  test("on Node has its sender told, and its connection closed", async (t) => {
    t.mock.method(console, "warn", () => {});
    const on = { "*": () => {} };
    const address = await listening(t, createServer(createHandler({ secret: SECRET, url: URL, on, deadline: 0.05 })));
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

test("a body of single bytes is held in hardly more bytes than it has", async () => {
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
  // An array for each would take some 11 MB.
  assert.ok(memoryHeld() - before < 4_000_000, `${memoryHeld() - before} bytes`);
  end();
  await saidDuring(async () => assert.equal((await told(await answer)).body.code, "signature_mismatch"));
});

function memoryHeld() {
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}
