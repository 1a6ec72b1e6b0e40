// Handlers in the wrong host. Each call ends with our answer or with an error that the framework catches, and names
// the right entry. No delivery is refused as if its sender had disconnected, and no process ends.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { suite, test } from "node:test";
import { createApp, createRouter, eventHandler, toNodeListener } from "h3-1";
import { H3, toNodeHandler } from "h3";
import { Hono } from "hono";
import Koa from "koa";
import { webHandler } from "docutray-webhook/handler";
import { lambdaHandler } from "docutray-webhook/lambda";
import { fastifyWebhook, nodeHandler } from "docutray-webhook/node";
import { fresh, SECRET, URL as REGISTERED } from "./delivery.mjs";
import { EXPRESS, FASTIFY, listening, ready } from "./servers.mjs";

const on = { "*": () => assert.fail("nothing was verified") };
const options = { secret: SECRET, url: REGISTERED, on };
const HANDLERS = { webHandler, nodeHandler, lambdaHandler };

/** The advice in the error for each host. */
const WEB = /For a Web Request, .*: webHandler of docutray-webhook\/handler/;
const NODE = /For Node's request and response, and for Express: nodeHandler of docutray-webhook\/node/;
const KOA = /For Koa: ctx\.respond = false, .*nodeHandler/;
const FASTIFY_PLUGIN = /For Fastify: await app\.register\(fastifyWebhook/;
const H3_1 = /For h3 1 and Nitro 2: .*toWebRequest\(event\)/;

/** Each starts an application that calls the handler as its framework does. Returns the address. */
const HOSTS = {
  ...Object.fromEntries(
    Object.entries(EXPRESS).map(([name, express]) => [
      name,
      {
        wrong: ["webHandler", "lambdaHandler"],
        says: NODE,
        start: (t, handler) => listening(t, createServer(express().post("/hooks", handler))),
      },
    ]),
  ),
  "node:http": { wrong: ["webHandler", "lambdaHandler"], says: NODE, start: (t, handler) => listening(t, createServer(handler)) },
  "a function that forgets the response, in Express 4": {
    wrong: ["nodeHandler"],
    says: NODE,
    start: (t, handler) => listening(t, createServer(EXPRESS["Express 4"]().post("/hooks", (request) => void handler(request)))),
  },
  ...Object.fromEntries(
    Object.entries(FASTIFY).map(([name, fastify]) => [
      name,
      {
        wrong: ["webHandler", "nodeHandler", "lambdaHandler"],
        says: FASTIFY_PLUGIN,
        start(t, handler) {
          const app = fastify();
          app.post("/hooks", handler);
          return ready(t, app);
        },
      },
    ]),
  ),
  Koa: {
    wrong: ["webHandler", "nodeHandler", "lambdaHandler"],
    says: KOA,
    start: (t, handler) => listening(t, createServer(new Koa({ silent: true }).use(handler).on("error", () => {}).callback())),
  },
  "h3 1": {
    wrong: ["webHandler", "nodeHandler", "lambdaHandler"],
    says: H3_1,
    start: (t, handler) => listening(t, createServer(toNodeListener(createApp().use(createRouter().post("/hooks", eventHandler(handler)))))),
  },
  "h3 2": {
    wrong: ["nodeHandler", "lambdaHandler"],
    says: WEB,
    start: (t, handler) => listening(t, createServer(toNodeHandler(new H3({ silent: true }).post("/hooks", handler)))),
  },
};

/** Returns the status, our handler's log lines, and uncaught errors. */
async function called(t, start, handler) {
  const uncaught = [];
  const note = (error) => uncaught.push(error);
  process.on("unhandledRejection", note);
  t.after(() => process.off("unhandledRejection", note));
  const errors = t.mock.method(console, "error", () => {});
  const warnings = t.mock.method(console, "warn", () => {});
  const { headers, body } = fresh();
  const { status } = await fetch(`${await start(t, handler)}/hooks`, { method: "POST", headers, body });
  await new Promise((resolve) => setImmediate(resolve));
  const ours = errors.mock.calls.filter(({ arguments: [line] }) => /^docutray-webhook: /.test(line));
  return { status, uncaught, warnings: warnings.mock.callCount(), said: ours.map((call) => call.arguments.at(-1)) };
}

for (const [host, { wrong, says, start }] of Object.entries(HOSTS)) {
  suite(host, () => {
    for (const name of wrong) {
      test(`${name}: a TypeError names the right entry`, async (t) => {
        const { status, uncaught, warnings, said } = await called(t, start, HANDLERS[name](options));
        assert.deepEqual([status, uncaught, warnings, said.length], [500, [], 0, 1]);
        assert.equal(said[0].name, "TypeError");
        assert.match(said[0].message, says);
      });
    }
  });
}

suite("Hono", () => {
  for (const name of ["nodeHandler", "lambdaHandler"]) {
    test(`${name}: a TypeError names the right entry`, async (t) => {
      t.mock.method(console, "error", () => {});
      let caught;
      const app = new Hono().post("/hooks", HANDLERS[name](options)).onError((error, context) => {
        caught = error;
        return context.text("", 500);
      });
      const { headers, body } = fresh();
      assert.equal((await app.request("/hooks", { method: "POST", headers, body })).status, 500);
      assert.equal(caught.name, "TypeError");
      assert.match(caught.message, WEB);
    });
  }
});

suite("fastifyWebhook called without registering it", () => {
  for (const [name, fastify] of Object.entries(FASTIFY)) {
    test(`as the handler of a route in ${name}`, async (t) => {
      const app = fastify();
      let caught;
      app.setErrorHandler((error, request, reply) => {
        caught = error;
        return reply.code(500).send();
      });
      app.post("/hooks", fastifyWebhook);
      const { headers, body } = fresh();
      assert.equal((await fetch(`${await ready(t, app)}/hooks`, { method: "POST", headers, body })).status, 500);
      assert.match(caught.message, /fastifyWebhook takes an instance of Fastify, .*app\.register\(fastifyWebhook/);
    });
  }

  test("in Express", async () => {
    await assert.rejects(fastifyWebhook(EXPRESS["Express 5"](), { path: "/hooks", ...options }), {
      name: "TypeError",
      message: /fastifyWebhook takes an instance of Fastify/,
    });
  });
});

suite("the caller's mistakes are reported to the caller", () => {
  const calls = { "nothing": [], "null": [null], "text": ["POST", "/hooks"], "an empty object": [{}, {}], "a promise": [Promise.resolve()] };
  for (const [what, given] of Object.entries(calls)) {
    for (const [name, make] of Object.entries(HANDLERS)) {
      test(`${name} with ${what}`, async (t) => {
        t.mock.method(console, "error", () => {});
        await assert.rejects(make(options)(...given), { name: "TypeError" });
      });
    }
  }

  test("the log has a line for the first of many calls", async (t) => {
    const errors = t.mock.method(console, "error", () => {});
    const handler = nodeHandler(options);
    for (let count = 0; count < 10; count++) {
      await assert.rejects(handler({}, {}), { name: "TypeError" });
    }
    assert.equal(errors.mock.callCount(), 1);
  });
});
