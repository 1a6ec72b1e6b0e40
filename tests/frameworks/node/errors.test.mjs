// What a handler throws: it reaches the framework's own error handling, `onError`, the logger and the tracer, and the answer stays 500.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { fastifyWebhook, nodeHandler } from "docutray-webhook/node";
import pino from "pino";
import { fresh, SECRET, URL } from "./delivery.mjs";
import { EXPRESS, FASTIFY, listening, ready } from "./servers.mjs";
import { createServer } from "node:http";

const FAILURE = new Error("the database is away");
const options = {
  secret: SECRET,
  url: URL,
  on: {
    "*": () => {
      throw FAILURE;
    },
  },
};

/** Takes lines and drops them. */
const silent = { warn() {}, error() {} };

async function send(address, delivery = fresh()) {
  const response = await fetch(`${address}/hooks`, { method: "POST", signal: AbortSignal.timeout(20_000), ...delivery });
  return { status: response.status, type: response.headers.get("content-type"), json: await response.json() };
}

function isOurs({ status, type, json }) {
  assert.deepEqual([status, type, json.code], [500, "application/problem+json", "handler_failed"]);
}

/** Resolves when everything that the server does after its answer has happened. */
function settled() {
  return new Promise((resolve) => setTimeout(resolve, 50));
}

for (const [name, framework] of Object.entries(EXPRESS)) {
  suite(name, () => {
    /** Starts an application whose error middleware is this. Returns its address. */
    function started(t, middleware) {
      const app = framework();
      // Express prints errors that nobody handles, except in tests.
      app.set("env", "test");
      app.use("/hooks", nodeHandler({ ...options, logger: silent }));
      if (middleware) {
        app.use(middleware);
      }
      return listening(t, createServer(app));
    }

    test("its error middleware gets the error, after the answer", async (t) => {
      const seen = [];
      // As Sentry's: it notes the error and passes it on.
      const address = await started(t, (error, _request, response, next) => {
        seen.push(error, response.headersSent);
        next(error);
      });
      isOurs(await send(address));
      await settled();
      assert.deepEqual(seen, [FAILURE, true]);
      isOurs(await send(address));
    });

    test("a middleware that answers as well, and none at all, change nothing", async (t) => {
      const answers = (_error, _request, response, _next) => response.status(200).json({ good: true });
      for (const middleware of [answers, undefined]) {
        const address = await started(t, middleware);
        for (let count = 0; count < 5; count++) {
          isOurs(await send(address));
        }
      }
    });

    test("a refused delivery, and one that is processed, are not passed on", async (t) => {
      const seen = [];
      const app = framework();
      app.use("/hooks", nodeHandler({ ...options, on: { "*": () => {} }, logger: silent }));
      app.use((request, response, next) => (seen.push("next"), next()));
      app.use((error, request, response, next) => (seen.push(error), next(error)));
      const address = await listening(t, createServer(app));
      assert.equal((await send(address)).status, 200);
      assert.equal((await send(address, fresh({ secret: "another" }))).status, 401);
      await settled();
      assert.deepEqual(seen, []);
    });
  });
}

for (const [name, framework] of Object.entries(FASTIFY)) {
  suite(name, () => {
    async function started(t, prepare = () => {}) {
      const app = framework();
      prepare(app);
      await app.register(fastifyWebhook, { path: "/hooks", logger: silent, ...options });
      return ready(t, app);
    }

    test("its onError hooks get the error, and the answer is ours", async (t) => {
      const seen = [];
      // As Sentry's: it notes the error.
      const address = await started(t, (app) => app.addHook("onError", async (_request, _reply, error) => void seen.push(error)));
      isOurs(await send(address));
      assert.deepEqual(seen, [FAILURE]);
    });

    test("an error handler of the application does not change the answer", async (t) => {
      const handlers = {
        answers: (_error, _request, reply) => reply.code(200).send({ good: true }),
        "passes it on": (error, _request, reply) => reply.send(error),
        throws: () => {
          throw new Error("broken");
        },
        "does nothing": () => {},
        "does nothing later": async () => {},
      };
      for (const [what, handler] of Object.entries(handlers)) {
        const seen = [];
        const address = await started(t, (app) => {
          app.setErrorHandler(handler);
          app.addHook("onError", async (_request, _reply, error) => void seen.push(error));
        });
        isOurs(await send(address).catch((error) => assert.fail(`${what}: ${error}`)));
        assert.deepEqual(seen, [FAILURE], what);
      }
    });

    test("what is thrown may be no error", async (t) => {
      const seen = [];
      const app = framework();
      app.addHook("onError", async (_request, _reply, error) => void seen.push(error.cause));
      const on = { "*": () => Promise.reject("text") };
      await app.register(fastifyWebhook, { path: "/hooks", ...options, on, logger: silent });
      isOurs(await send(await ready(t, app)));
      assert.deepEqual(seen, ["text"]);
    });

    test("its own logger fits", async (t) => {
      const lines = [];
      const app = framework({ logger: { level: "warn", stream: { write: (line) => lines.push(JSON.parse(line)) } } });
      await app.register(fastifyWebhook, { path: "/hooks", ...options, logger: app.log });
      isOurs(await send(await ready(t, app)));
      const line = lines.find(({ msg }) => msg.startsWith("docutray-webhook: "));
      assert.match(line.msg, /the handler of CONVERSION_COMPLETED failed for CONVERSION_COMPLETED:conv_1/);
      assert.equal(line.err.message, FAILURE.message);
    });
  });
}

test("pino fits as it is, for errors and for warnings", async (t) => {
  const lines = [];
  const logger = pino({ level: "info" }, { write: (line) => lines.push(JSON.parse(line)) });
  const handler = nodeHandler({ ...options, secret: [SECRET, "'quoted'"], logger });
  const address = await listening(t, createServer(handler));
  isOurs(await send(address));
  assert.equal((await send(address, fresh({ secret: "another" }))).status, 401);
  assert.deepEqual(lines.map(({ level }) => level), [40, 50, 40]);
  assert.match(lines[0].msg, /secret is in quotation marks/);
  assert.match(lines[1].msg, /the handler of CONVERSION_COMPLETED failed/);
  assert.equal(lines[1].err.stack, FAILURE.stack);
  assert.match(lines[2].msg, /a request was refused: auth_signature_mismatch/);
});

suite("a tracer of OpenTelemetry", () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

  async function spansOf(t, on, deliveries = [fresh()]) {
    const exporter = new InMemorySpanExporter();
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    const tracer = provider.getTracer("docutray-webhook");
    const address = await listening(t, createServer(nodeHandler({ ...options, on: on(tracer), logger: silent, tracer })));
    for (const delivery of deliveries) {
      await send(address, delivery);
    }
    return exporter.getFinishedSpans();
  }

  test("gets a span for each delivery, in which the handler runs", async (t) => {
    const on = (tracer) => ({ "*": async () => tracer.startActiveSpan("mine", (span) => span.end()) });
    const [mine, span] = await spansOf(t, on);
    assert.equal(mine.parentSpanContext.spanId, span.spanContext().spanId);
    assert.deepEqual([span.name, span.kind, span.status.code], ["process docutray", 4, 0]);
    assert.deepEqual(span.attributes, {
      "messaging.system": "docutray",
      "messaging.operation.name": "process",
      "messaging.operation.type": "process",
      "messaging.message.id": "550e8400-e29b-41d4-a716-446655440000",
      "http.request.method": "POST",
      "http.response.status_code": 200,
      "docutray.event.name": "CONVERSION_COMPLETED",
      "docutray.event.key": "CONVERSION_COMPLETED:conv_1",
      "docutray.verdict": "processed",
    });
    assert.equal(trace.getActiveSpan(), undefined);
  });

  test("records what the handler throws", async (t) => {
    const [span] = await spansOf(t, () => options.on);
    assert.deepEqual(span.status, { code: 2, message: "handler_failed" });
    assert.equal(span.attributes["error.type"], "handler_failed");
    assert.deepEqual(span.events.map(({ name, attributes }) => [name, attributes["exception.message"]]), [["exception", FAILURE.message]]);
  });

  test("learns nothing that an unverified sender wrote", async (t) => {
    const forged = fresh({ secret: "another", event: "EVIL_MARKER" });
    const [refused, odd] = await spansOf(t, () => options.on, [forged, { ...fresh(), method: "PROPFIND", body: undefined }]);
    assert.equal(refused.status.code, 0);
    assert.equal(refused.attributes["error.type"], "auth_signature_mismatch");
    assert.equal(odd.attributes["http.request.method"], "_OTHER");
    assert.ok(!JSON.stringify([refused.attributes, odd.attributes]).includes("EVIL") && !JSON.stringify(odd.attributes).includes("PROPFIND"));
  });
});
