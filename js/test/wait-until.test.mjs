import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { memory } from "docutray-webhook/idempotency";
import { stoppedClock } from "./clock.mjs";
import { saidDuring, receiver, request } from "./receiving.mjs";

/** An object whose waitUntil needs its own `this`, like the real ones. */
class Context {
  #kept = [];

  waitUntil(promise) {
    this.#kept.push(promise);
  }

  get count() {
    return this.#kept.length;
  }
}

suite("work after the answer is kept alive by", () => {
  const hosts = {
    "Workers' context": (context, request) => [request, {}, context],
    "Netlify's context": (context, request) => [request, context],
    "Hono's context": (context, request) => [{ req: { raw: request }, executionCtx: context }],
    "SvelteKit's platform": (ctx, request) => [{ request, platform: { ctx } }],
    "SvelteKit's platform of old": (context, request) => [{ request, platform: { context } }],
    "Astro's runtime": (ctx, request) => [{ request, locals: { runtime: { ctx } } }],
    "Astro's context": (cfContext, request) => [{ request, locals: { cfContext } }],
  };
  for (const [host, call] of Object.entries(hosts)) {
    test(host, async () => {
      const context = new Context();
      assert.equal((await receiver().handler(...call(context, request()))).status, 200);
      assert.equal(context.count, 1);
    });
  }

  test("Pages' event", async () => {
    const context = Object.assign(new Context(), { request: request() });
    assert.equal((await receiver().handler(context)).status, 200);
    assert.equal(context.count, 1);
  });

  test("Vercel's request context", async () => {
    const symbol = Symbol.for("@vercel/request-context");
    const context = new Context();
    globalThis[symbol] = { get: () => context };
    try {
      await receiver().handler(request());
    } finally {
      delete globalThis[symbol];
    }
    assert.equal(context.count, 1);
  });

  test("nothing if the host's waitUntil throws: the answer stays the same, and the error is logged", async () => {
    const context = {
      waitUntil() {
        throw new Error("after the response");
      },
    };
    const said = await saidDuring(async () => {
      assert.equal((await receiver().handler(request(), {}, context)).status, 200);
    });
    assert.match(said[0][0], /waitUntil failed/);
  });

  test("the process if there is no waitUntil: Hono's getter throws", async () => {
    const context = {
      req: { raw: request() },
      get executionCtx() {
        throw new Error("This context has no ExecutionContext");
      },
    };
    assert.equal((await receiver().handler(context)).status, 200);
  });
});

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
const aMinute = () => pause(60);

suite("waitUntil gets a promise that is fulfilled", () => {
  test("when a late handler has ended", async (t) => {
    const clock = stoppedClock(t);
    await isKeptAlive(clock, { handle: aMinute }, request());
  });

  test("when a delivery has been kept late", async (t) => {
    const clock = stoppedClock(t);
    await saidDuring(() => isKeptAlive(clock, { onUnfit: aMinute }, request({ payload: "[]" })));
  });
});

test("waitUntil gets the claim that came too late, until it is released", async (t) => {
  const clock = stoppedClock(t);
  const released = [];
  const store = {
    ...memory(),
    claim: async () => {
      await pause(6);
      return { state: "claimed", token: 7, seenBefore: false };
    },
    release: async (key, token) => {
      await pause(1);
      return released.push([key, token]) > 0;
    },
  };
  const kept = [];
  const { handler } = receiver({ idempotency: store });
  await saidDuring(async () => {
    const answer = handler(request(), {}, { waitUntil: (promise) => kept.push(promise) });
    await clock.pass(5);
    assert.equal((await answer).status, 503);
  });
  assert.equal(kept.length, 1);
  await clock.pass(2);
  await kept[0];
  assert.deepEqual(released, [["CONVERSION_COMPLETED:conv_1", 7]]);
});

async function isKeptAlive(clock, options, request) {
  const kept = [];
  let hasEnded = false;
  const { handler } = receiver(options);
  const answer = handler(request, {}, { waitUntil: (promise) => kept.push(promise) });
  await clock.pass(25);
  assert.equal((await answer).status, 503);
  assert.equal(kept.length, 1);
  void kept[0].then(() => (hasEnded = true));
  await clock.pass(34.999);
  assert.equal(hasEnded, false);
  await clock.pass(0.001);
  assert.equal(hasEnded, true);
}
