// NestJS, used as the README says, and used in common wrong ways.
import "reflect-metadata";
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { All, Controller, Module, Req, Res } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { ExpressAdapter } from "@nestjs/platform-express";
import { FastifyAdapter } from "@nestjs/platform-fastify";
import { fastifyWebhook, nodeHandler } from "docutray-webhook/node";
import { fresh, SECRET, URL as REGISTERED } from "./delivery.mjs";
import { send, sendSlowly, tampered } from "./deliveries.mjs";

const QUIET = { logger: false };

/** Returns a module whose controller passes its request and response to `receive`. */
function moduleOf(receive) {
  class Hooks {
    receive(request, response) {
      return receive(request, response);
    }
  }
  decorated(All(), Hooks, "receive");
  [Req(), Res()].forEach((parameter, place) => parameter(Hooks.prototype, "receive", place));
  Controller("hooks")(Hooks);

  class Application {}
  Module({ controllers: [Hooks] })(Application);
  return Application;
}

/** Returns a module with another route and without the webhook. */
function otherModule() {
  class Echo {
    echo({ body }, response) {
      response.send(body);
    }
  }
  decorated(All(), Echo, "echo");
  [Req(), Res()].forEach((parameter, place) => parameter(Echo.prototype, "echo", place));
  Controller("echo")(Echo);

  class Application {}
  Module({ controllers: [Echo] })(Application);
  return Application;
}

function decorated(decorate, { prototype }, name) {
  decorate(prototype, name, Object.getOwnPropertyDescriptor(prototype, name));
}

async function address(t, app) {
  t.after(() => app.close());
  await app.listen(0, "127.0.0.1");
  return app.getUrl();
}

/** Returns a handler's options, and the events that it gets. */
function handling() {
  const ids = [];
  const on = { CONVERSION_COMPLETED: ({ id }) => void ids.push(id) };
  return { ids, options: { secret: SECRET, url: REGISTERED, on } };
}

async function isReceived(address, ids) {
  assert.deepEqual((await send(`${address}/hooks`, fresh())).json, { verdict: "processed" });
  assert.deepEqual((await send(`${address}/hooks`, fresh())).json, { verdict: "duplicate" });
  assert.equal((await send(`${address}/hooks`, tampered())).json.code, "signature_mismatch");
  assert.deepEqual((await sendSlowly(`${address}/hooks`, fresh({ id: "conv_2" }))).json, { verdict: "processed" });
  assert.deepEqual(ids, ["conv_1", "conv_2"]);
}

async function otherRoutesHaveJson(address) {
  const sent = { headers: { "content-type": "application/json" }, body: '{ "a": [1] }' };
  assert.deepEqual((await send(`${address}/echo`, sent)).json, { a: [1] });
}

suite("NestJS on Express", () => {
  test("works with app.use before listening, without options", async (t) => {
    const { ids, options } = handling();
    const app = await NestFactory.create(otherModule(), new ExpressAdapter(), QUIET);
    app.use("/hooks", nodeHandler(options));
    const url = await address(t, app);
    await isReceived(url, ids);
    await otherRoutesHaveJson(url);
  });

  test("works in a controller with rawBody: true", async (t) => {
    const { ids, options } = handling();
    const app = await NestFactory.create(moduleOf(nodeHandler(options)), new ExpressAdapter(), { ...QUIET, rawBody: true });
    await isReceived(await address(t, app), ids);
  });

  const controllers = {
    "a controller": (handler) => handler,
    "a controller that waits for something first": (handler) => async (request, response) => {
      await new Promise((resolve) => setImmediate(resolve));
      await handler(request, response);
    },
  };
  for (const [what, controller] of Object.entries(controllers)) {
    test(`${what} without rawBody: true: the error names that option, and no line of Express`, async (t) => {
      const errors = t.mock.method(console, "error", () => {});
      const app = await NestFactory.create(moduleOf(controller(nodeHandler(handling().options))), new ExpressAdapter(), QUIET);
      const { status, json } = await send(`${await address(t, app)}/hooks`, fresh());
      assert.deepEqual([status, json.code], [500, "raw_body_gone"]);
      const { message } = errors.mock.calls[0].arguments.at(-1);
      assert.match(message, /NestFactory\.create\(AppModule, \{ rawBody: true \}\)/);
      assert.doesNotMatch(message, /app\.use|app\.post|express\.json/);
    });
  }
});

suite("NestJS on Fastify", () => {
  test("works with the plugin registered in the application", async (t) => {
    const { ids, options } = handling();
    const app = await NestFactory.create(otherModule(), new FastifyAdapter(), QUIET);
    await app.register(fastifyWebhook, { path: "/hooks", ...options });
    const url = await address(t, app);
    await isReceived(url, ids);
    await otherRoutesHaveJson(url);
  });

  test("a controller: the error says to register the plugin", async (t) => {
    const errors = t.mock.method(console, "error", () => {});
    const app = await NestFactory.create(moduleOf(nodeHandler(handling().options)), new FastifyAdapter(), QUIET);
    assert.equal((await send(`${await address(t, app)}/hooks`, fresh())).status, 500);
    assert.match(errors.mock.calls[0].arguments.at(-1).message, /For Fastify: await app\.register\(fastifyWebhook/);
  });

  test("a controller that passes Node's request and response: the error says the same", async (t) => {
    const errors = t.mock.method(console, "error", () => {});
    const handler = nodeHandler(handling().options);
    const app = await NestFactory.create(moduleOf(({ raw }, reply) => handler(raw, reply.raw)), new FastifyAdapter(), QUIET);
    const { status, json } = await send(`${await address(t, app)}/hooks`, fresh());
    assert.deepEqual([status, json.code], [500, "raw_body_gone"]);
    assert.match(errors.mock.calls[0].arguments.at(-1).message, /in NestJS, .*rawBody: true.*app\.register\(fastifyWebhook/);
  });
});
