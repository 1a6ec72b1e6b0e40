// Whatever throws during a delivery, the handler does not reject: Express 4 and `createServer` do not catch rejected promises,
// so the process would end. The sender gets an answer whenever one can be sent.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { suite, test } from "node:test";
import { fastifyWebhook, nodeHandler } from "docutray-webhook/node";
import { fresh, SECRET, URL as REGISTERED } from "./delivery.mjs";
import { send } from "./deliveries.mjs";
import { EXPRESS, FASTIFY, listening, ready } from "./servers.mjs";

function thrown() {
  throw new Error("a fault of the application");
}

/** Each starts a server that calls `before` with request and response first. Returns the webhook's URL. */
const HOSTS = {
  "node:http": async (t, handlerOptions, before) => {
    const handle = nodeHandler(handlerOptions);
    const server = createServer((request, response) => {
      before(request, response);
      void handle(request, response);
    });
    return listening(t, server);
  },
};
for (const [name, express] of Object.entries(EXPRESS)) {
  HOSTS[name] = async (t, handlerOptions, before) => {
    const app = express();
    const handle = nodeHandler(handlerOptions);
    app.post("/hooks", (request, response, next) => {
      before(request, response);
      // Like Express 4, which ignores a handler's promise.
      void handle(request, response, next);
    });
    return listening(t, createServer(app));
  };
}
for (const [name, fastify] of Object.entries(FASTIFY)) {
  HOSTS[name] = async (t, handlerOptions, before) => {
    const app = fastify();
    app.addHook("preHandler", async (request, reply) => before(request.raw, reply.raw, request, reply));
    await app.register(fastifyWebhook, { path: "/hooks", ...handlerOptions });
    return ready(t, app);
  };
}

const getter = (name) => (request) => Object.defineProperty(request, name, { configurable: true, get: thrown });

/** Changes to the request and its response, and the answer to the sender. */
const BEFORE = {
  "headers that throw": [getter("headers"), 500, "handler_failed"],
  "a stream that throws": [(request) => Object.assign(request, { iterator: thrown }), 400, "incomplete_body"],
  "rawBody that throws, after the body was read": [
    (request) => {
      getter("rawBody")(request);
      Object.defineProperty(request, "readableDidRead", { value: true });
    },
    500,
    "raw_body_gone",
  ],
};

/** Options with functions of the application. */
const OPTIONS = {
  "onDelivery that throws": [{ onDelivery: thrown }, 200],
  "onDelivery that is rejected": [{ onDelivery: async () => thrown() }, 200],
  "onDelivery whose promise throws": [{ onDelivery: () => ({ then: thrown }) }, 200],
  "a handler that throws what throws when it is shown": [
    {
      on: {
        "*"() {
          const error = new Error();
          Object.defineProperty(error, "stack", { get: thrown });
          throw error;
        },
      },
    },
    500,
  ],
  "a handler that throws nothing": [{ on: { "*": () => Promise.reject(undefined) } }, 500],
  "a store that throws": [{ idempotency: { lease: 60, claim: thrown, renew: thrown, complete: thrown, release: thrown } }, 503],
};

for (const [host, start] of Object.entries(HOSTS)) {
  suite(host, () => {
    /** Runs the application. `uncaught` collects uncaught errors. */
    async function served(t, options, before = () => {}) {
      const uncaught = [];
      const note = (error) => uncaught.push(error);
      process.on("unhandledRejection", note);
      t.after(() => process.off("unhandledRejection", note));
      const address = await start(t, { secret: SECRET, url: REGISTERED, on: { "*": () => {} }, ...options }, before);
      return { url: `${address}/hooks`, uncaught };
    }

    /** Unhandled rejections are reported after the microtasks. */
    const settled = () => new Promise((resolve) => setImmediate(resolve));

    for (const [what, [before, status, code]] of Object.entries(BEFORE)) {
      test(`${what}: answered, and nothing is rejected`, async (t) => {
        t.mock.method(console, "error", () => {});
        t.mock.method(console, "warn", () => {});
        const { url, uncaught } = await served(t, {}, before);
        const answer = await send(url, fresh());
        await settled();
        assert.deepEqual([answer.status, answer.json.code, uncaught], [status, code, []]);
      });
    }

    for (const [what, [options, status]] of Object.entries(OPTIONS)) {
      test(`${what}: answered, and nothing is rejected`, async (t) => {
        t.mock.method(console, "error", () => {});
        const { url, uncaught } = await served(t, options);
        const answer = await send(url, fresh());
        await settled();
        assert.deepEqual([answer.status, uncaught], [status, []]);
      });
    }

    test("a console that throws: answered, and nothing is rejected", async (t) => {
      t.mock.method(console, "error", thrown);
      t.mock.method(console, "warn", thrown);
      const { url, uncaught } = await served(t, { on: { "*": thrown }, onDelivery: thrown });
      assert.equal((await send(url, fresh())).status, 500);
      assert.equal((await send(url, { method: "POST", headers: { "content-type": "text/plain" } })).status, 415);
      await settled();
      assert.deepEqual(uncaught, []);
    });

    test("a response that is destroyed in between: nothing is rejected", async (t) => {
      t.mock.method(console, "error", () => {});
      let response;
      const { url, uncaught } = await served(t, { on: { "*": () => void response.destroy() } }, (_request, given) => {
        response = given;
      });
      await assert.rejects(send(url, fresh()), { message: "fetch failed" });
      await settled();
      assert.deepEqual(uncaught, []);
    });

    test("a response that throws: nothing is rejected", async (t) => {
      t.mock.method(console, "error", () => {});
      const { url, uncaught } = await served(t, {}, (_request, response, _fastify, reply) => {
        for (const [object, name] of [[response, "setHeader"], [reply, "headers"]]) {
          if (object !== undefined) {
            object[name] = () => {
              setImmediate(() => response.destroy());
              thrown();
            };
          }
        }
      });
      await assert.rejects(send(url, fresh()), { message: "fetch failed" });
      await settled();
      assert.deepEqual(uncaught, []);
    });
  });
}
