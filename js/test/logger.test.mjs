// `logger`, `onError` and `tracer`: what they get, and that their failures change no answer. pino, Fastify and OpenTelemetry's own
// tracer are in tests/frameworks/node/errors.test.mjs.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { webHandler } from "docutray-webhook/handler";
import { memory } from "docutray-webhook/idempotency";
import { stoppedClock } from "./clock.mjs";
import { completed, REQUEST_ID, SECRET, URL } from "./delivery.mjs";
import { request, saidDuring } from "./receiving.mjs";
import { refuses } from "./refusal.mjs";

const FAILURE = new Error("the database is away");
const failing = {
  "*": () => {
    throw FAILURE;
  },
};

/** Makes a handler with a logger that keeps its calls. */
function logged({ log, ...options } = {}) {
  const calls = [];
  const logger = { warn: (...words) => calls.push(["warn", ...words]), error: (...words) => calls.push(["error", ...words]), ...(log && { log }) };
  return { calls, handler: webHandler({ secret: SECRET, url: URL, on: failing, logger, ...options }) };
}

suite("logger", () => {
  test("gets the error first, as pino wants it, unless it has a method `log`, as the console has", async () => {
    const said = await saidDuring(async () => {
      const pino = logged();
      assert.equal((await pino.handler(request())).status, 500);
      const [[level, error, line]] = pino.calls;
      assert.deepEqual([level, error], ["error", FAILURE]);
      assert.match(line, /^docutray-webhook: the handler of CONVERSION_COMPLETED failed for CONVERSION_COMPLETED:conv_1$/);
      const winston = logged({ log() {} });
      await winston.handler(request());
      assert.deepEqual(winston.calls, [["error", line, FAILURE]]);
    });
    assert.deepEqual(said, [], "the console gets nothing");
  });

  test("gets what is not an error as an object, and a line alone as one argument", async () => {
    const { calls, handler } = logged({ on: { "*": () => Promise.reject("text") } });
    await handler(request());
    await handler(request({ secret: "another" }));
    assert.deepEqual(calls[0].slice(0, 2), ["error", { err: "text" }]);
    assert.equal(calls[1].length, 2);
  });

  test("may fail", async () => {
    const throws = () => {
      throw new Error("no space left");
    };
    for (const broken of [throws, () => Promise.reject(new Error("no space left"))]) {
      const logger = { warn: broken, error: broken };
      const handler = webHandler({ secret: SECRET, url: URL, on: failing, logger });
      assert.equal((await handler(request())).status, 500);
      assert.equal((await handler(request({ secret: "another" }))).status, 401);
    }
  });

  test("is checked when the handler is made", () => {
    for (const logger of [null, {}, "console", { warn() {} }]) {
      const { message } = refuses(() => webHandler({ secret: SECRET, url: URL, on: failing, logger }), "invalid_config", "logger");
      assert.match(message, /has to be console, pino or the like, with warn\(\) and error\(\)/);
    }
  });
});

suite("onError", () => {
  const passedOn = (options) => {
    const seen = [];
    const { handler } = logged({ onError: (error, context) => void seen.push([error, context]), ...options });
    return { seen, handler };
  };

  test("gets what a handler throws, with its names", async () => {
    const { seen, handler } = passedOn();
    await handler(request());
    const message = "docutray-webhook: the handler of CONVERSION_COMPLETED failed for CONVERSION_COMPLETED:conv_1";
    const context = { code: "handler_failed", message, event: "CONVERSION_COMPLETED", key: "CONVERSION_COMPLETED:conv_1", requestId: REQUEST_ID };
    assert.deepEqual(seen, [[FAILURE, context]]);
  });

  test("gets what a store and callbacks throw, and deliveries that do not fit", async () => {
    const kept = memory();
    const away = { lease: 60, claim: () => Promise.reject(FAILURE), renew: kept.renew, complete: kept.complete, release: kept.release };
    const codes = async (options, payload = completed()) => {
      const { seen, handler } = passedOn(options);
      await handler(request({ payload }));
      return seen.map(([, { code }]) => code);
    };
    assert.deepEqual(await codes({ idempotency: away }), ["store_unavailable"]);
    const onUnfit = failing["*"];
    assert.deepEqual(await codes({ onUnfit }, completed({ status: "ERROR" })), ["event_mismatch", "on_unfit_failed"]);
    assert.deepEqual(await codes({ on: { "*": () => {} }, onDelivery: failing["*"] }), ["on_delivery_failed"]);
    assert.deepEqual(await codes({ secret: failing["*"] }), ["verifier_unavailable"]);
  });

  test("gets the verified names of a delivery that does not fit, and of one that onUnfit could not keep", async () => {
    const { seen, handler } = passedOn({ onUnfit: failing["*"] });
    await handler(request({ payload: completed({ status: "ERROR" }) }));
    const names = { event: "CONVERSION_COMPLETED", requestId: REQUEST_ID };
    const [[error, { message, ...unfit }], [failure, { message: _, ...notKept }]] = seen;
    assert.ok(error instanceof Error);
    assert.equal(error.message, message);
    assert.deepEqual(unfit, { code: "event_mismatch", ...names });
    assert.equal(failure, FAILURE);
    assert.deepEqual(notKept, { code: "on_unfit_failed", ...names });
  });

  test("gets the key of a delivery whose record could not be written", async () => {
    const { seen, handler } = passedOn({ on: { "*": () => {} }, onDelivery: failing["*"] });
    await handler(request());
    const [[error, { message, ...context }]] = seen;
    assert.equal(error, FAILURE);
    assert.deepEqual(context, { code: "on_delivery_failed", key: "CONVERSION_COMPLETED:conv_1" });
    assert.match(message, /onDelivery failed/);
  });

  test("gets no refused request", async () => {
    const { seen, handler } = passedOn();
    await handler(request({ secret: "another" }));
    assert.deepEqual(seen, []);
  });

  test("is awaited, so that a function that is frozen afterwards has sent its report", async () => {
    let isSent = false;
    const { handler } = logged({
      onError: async () => {
        await new Promise(setImmediate);
        isSent = true;
      },
    });
    await handler(request());
    assert.ok(isSent);
  });

  test("that fails is logged, and not waited for again", async () => {
    for (const onError of [failing["*"], () => Promise.reject(FAILURE)]) {
      const { calls, handler } = logged({ onError });
      await handler(request());
      assert.deepEqual(calls[1], ["error", FAILURE, "docutray-webhook: onError failed"]);
      const on = { "*": () => {} };
      const said = await saidDuring(() => webHandler({ secret: SECRET, url: URL, on, onDelivery: failing["*"], onError })(request()));
      assert.deepEqual(said[1], ["docutray-webhook: onError failed", FAILURE]);
    }
  });

  test("that has ended is forgotten", async (t) => {
    const awaited = [];
    const { handler } = logged({ onError: () => new Promise(setImmediate) });
    const { all } = Promise;
    t.mock.method(Promise, "all", (promises) => (awaited.push([...promises].length), all.call(Promise, promises)));
    for (let count = 0; count < 3; count++) {
      await handler(request());
    }
    assert.deepEqual(awaited, [1, 1, 1]);
  });

  test("that has ended before the next request is not waited for", async (t) => {
    const { handler } = logged({ on: { "*": () => {} }, onError: () => {} });
    await assert.rejects(handler("no request"), TypeError);
    await new Promise(setImmediate);
    const awaited = t.mock.method(Promise, "all");
    assert.equal((await handler(request())).status, 200);
    assert.equal(awaited.mock.callCount(), 0);
  });

  test("that never ends delays one answer alone", async (t) => {
    const clock = stoppedClock(t);
    let fails = true;
    const on = { "*": () => fails && failing["*"]() };
    const { handler } = logged({ on, onError: () => new Promise(() => {}) });
    const failed = handler(request());
    await clock.pass(1);
    assert.equal((await failed).status, 500);
    fails = false;
    assert.equal((await handler(request())).status, 200);
  });

  test("may fail, or never end", async () => {
    for (const onError of [failing["*"], () => Promise.reject(FAILURE), () => new Promise(() => {})]) {
      const { handler } = logged({ onError });
      assert.equal((await handler(request())).status, 500);
    }
  });
});

suite("tracer", () => {
  const statusWith = async (tracer) => (await logged({ tracer }).handler(request())).status;
  const throws = failing["*"];

  test("may fail at each call, or not call back", async () => {
    const span = { setAttributes: throws, recordException: throws, setStatus: throws, end: throws };
    assert.equal(await statusWith({ startActiveSpan: throws }), 500);
    assert.equal(await statusWith({ startActiveSpan: () => {} }), 500);
    assert.equal(await statusWith({ startActiveSpan: (_name, _options, run) => run(span) }), 500);
    const twice = (_name, _options, run) => {
      run(span);
      return run(span);
    };
    assert.equal(await statusWith({ startActiveSpan: twice }), 500);
  });

  test("is checked when the handler is made", () => {
    refuses(() => logged({ tracer: { startSpan() {} } }), "invalid_config", "tracer");
  });

  test("has its span ended once, in all cases", async () => {
    for (const sent of [{}, { secret: "another" }, { method: "GET" }]) {
      let ends = 0;
      const span = { setAttributes() {}, recordException() {}, setStatus() {}, end: () => void ends++ };
      await logged({ tracer: { startActiveSpan: (_name, _options, run) => run(span) } }).handler(request(sent));
      assert.equal(ends, 1);
    }
  });
});
