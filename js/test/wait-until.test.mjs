import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { saidDuring, receiver, request } from "./receiving.mjs";

/** Something with a waitUntil that, as the real ones, wants its own `this`. */
class Context {
  #kept = [];

  waitUntil(promise) {
    this.#kept.push(promise);
  }

  get count() {
    return this.#kept.length;
  }
}

suite("what goes on after the answer is kept alive by", () => {
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

  test("nothing, where the host's waitUntil throws: the answer is the same, and the log hears of it", async () => {
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

  test("the process, where there is no such thing: Hono's getter throws", async () => {
    const context = {
      req: { raw: request() },
      get executionCtx() {
        throw new Error("This context has no ExecutionContext");
      },
    };
    assert.equal((await receiver().handler(context)).status, 200);
  });
});
