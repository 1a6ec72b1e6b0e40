// A body is read no further than its answer needs it.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { stoppedClock } from "./clock.mjs";
import { URL } from "./delivery.mjs";
import { receiver, request, saidDuring, told } from "./receiving.mjs";

const KILOBYTE = new Uint8Array(1000);

/** A body without an end, of which the receiver asks for a chunk every so many seconds. */
function endless(seconds) {
  const body = { asked: 0 };
  body.stream = new ReadableStream(
    {
      async pull(controller) {
        body.asked += 1;
        await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
        controller.enqueue(KILOBYTE);
      },
    },
    { highWaterMark: 0 },
  );
  return body;
}

/** Returns the answer, and how many chunks were asked for until long after it. */
async function answered(t, options, seconds, sent = {}) {
  const clock = stoppedClock(t);
  const { handler } = receiver(options);
  const body = endless(seconds);
  let answer;
  const said = await saidDuring(async () => {
    // Not at the clock's start.
    await clock.pass(10);
    void handler(request({ body: body.stream, ...sent })).then((response) => (answer = response));
    await clock.pass(100);
  });
  const { status, body: problem } = await told(answer);
  return { status, code: problem.code, asked: body.asked, said };
}

suite("a body without an end is read", () => {
  test("until the deadline", async (t) => {
    const { status, asked, said } = await answered(t, { deadline: 25 }, 10);
    assert.deepEqual([status, asked], [408, 3]);
    assert.match(said[0][0], /had not arrived completely by the deadline/);
  });

  test("until it is too large", async (t) => {
    const { status, asked } = await answered(t, { maxBody: 2500 }, 1);
    assert.deepEqual([status, asked], [413, 3]);
  });

  test("until it exceeds the budget for all bodies", async (t) => {
    const clock = stoppedClock(t);
    const passed = [];
    const onError = (error, { code, message }) => void passed.push([error.message === message, code, message]);
    const { handler } = receiver({ maxBody: 2500, bodyBudget: 2500, onError });
    const bodies = [endless(1), endless(1)];
    const statuses = [];
    await saidDuring(async () => {
      for (const body of bodies) {
        void handler(request({ body: body.stream })).then(({ status }) => statuses.push(status));
      }
      await clock.pass(10);
    });
    assert.deepEqual(statuses, [503, 413]);
    assert.deepEqual(bodies.map(({ asked }) => asked), [2, 3]);
    const message = "docutray-webhook: a delivery was answered 503: the arriving bodies would take more than the bodyBudget of 2500 bytes";
    assert.deepEqual(passed, [[true, "overloaded", message]]);
  });

  test("not at all if its metadata has passed no check", async (t) => {
    const { status, asked } = await answered(t, {}, 1, { headers: { "x-docutray-timestamp": "now" } });
    assert.deepEqual([status, asked], [400, 0]);
  });
});

suite("a body that could explain a mismatch is read", () => {
  const options = { url: `${URL}/` };

  test("for a second", async (t) => {
    const { status, asked, said } = await answered(t, options, 0.4);
    assert.deepEqual([status, asked], [401, 3]);
    assert.match(said[0][0], /No configured secret and URL match/);
  });

  test("until the deadline, if that is before", async (t) => {
    const { status, asked } = await answered(t, { ...options, deadline: 0.5 }, 0.2);
    assert.deepEqual([status, asked], [401, 3]);
  });

  test("until it is larger than what is accepted", async (t) => {
    const { status, asked } = await answered(t, { ...options, maxBody: 2500 }, 0.1);
    assert.deepEqual([status, asked], [401, 3]);
  });

  test("up to 64 KiB", async (t) => {
    const { status, asked } = await answered(t, options, 0.01);
    assert.deepEqual([status, asked], [401, 66]);
  });
});
