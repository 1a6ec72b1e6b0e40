// The plugin together with other features of a Fastify application.
import assert from "node:assert/strict";
import { PassThrough, Writable } from "node:stream";
import { suite, test } from "node:test";
import { fastifyWebhook } from "docutray-webhook/node";
import { fresh, SECRET, URL } from "./delivery.mjs";
import { send, tampered } from "./deliveries.mjs";
import { FASTIFY, ready } from "./servers.mjs";

const on = { "*": () => {} };
const options = { path: "/hooks", secret: SECRET, url: URL, on };

/** Returns a stream for a logger, and what was written to it. */
function logged() {
  const chunks = [];
  const stream = new Writable({
    write(chunk, encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, log: () => Buffer.concat(chunks).toString() };
}

for (const [name, fastify] of Object.entries(FASTIFY)) {
  suite(name, () => {
    test("the application's parsers still serve its own routes, but not the webhook's", async (t) => {
      const app = fastify();
      const parsed = [];
      const parser = (what) => async (request, body) => {
        parsed.push(what);
        return { [what]: String(body) };
      };
      app.addContentTypeParser("application/json", { parseAs: "string" }, parser("json"));
      app.addContentTypeParser(/^text\/.*/, { parseAs: "buffer" }, parser("text"));
      app.addContentTypeParser("*", { parseAs: "buffer" }, parser("any"));
      app.post("/before", async (request) => request.body);
      await app.register(fastifyWebhook, options);
      app.post("/after", async (request) => request.body);
      await app.register(async (scope) => scope.post("/beside", async (request) => request.body));
      const address = await ready(t, app);
      assert.deepEqual((await send(`${address}/hooks`, fresh())).json, { verdict: "processed" });
      assert.deepEqual(parsed, []);
      for (const path of ["before", "after", "beside"]) {
        for (const [type, what] of [["application/json", "json"], ["text/csv", "text"], ["image/png", "any"]]) {
          const { json } = await send(`${address}/${path}`, { headers: { "content-type": type }, body: "{}" });
          assert.deepEqual(json, { [what]: "{}" }, path);
        }
      }
    });

    test("the verifier's limit applies and not the application's", async (t) => {
      const app = fastify({ bodyLimit: 10 });
      await app.register(fastifyWebhook, options);
      app.post("/echo", async (request) => request.body);
      const address = await ready(t, app);
      const { headers, body } = fresh();
      assert.equal((await send(`${address}/hooks`, { headers, body })).status, 200);
      assert.equal((await send(`${address}/echo`, { headers, body })).status, 413);
    });

    test("the application's hooks run for the webhook's route", async (t) => {
      const app = fastify();
      const ran = [];
      const hooks = ["onRequest", "preParsing", "preValidation", "preHandler", "onSend", "onResponse"];
      for (const hook of hooks) {
        app.addHook(hook, async (request, reply, ...payload) => {
          ran.push(hook);
          return payload[0];
        });
      }
      await app.register(fastifyWebhook, options);
      assert.equal((await send(`${await ready(t, app)}/hooks`, fresh())).status, 200);
      await app.close();
      assert.deepEqual(ran, hooks);
    });

    test("a request that the application's hook refuses is answered by the application", async (t) => {
      const app = fastify();
      app.addHook("onRequest", async (request) => {
        if (request.headers["x-refuse"]) {
          throw Object.assign(new Error("not from there"), { statusCode: 403 });
        }
      });
      app.setErrorHandler((error, request, reply) => void reply.code(error.statusCode).send({ by: "the application" }));
      await app.register(fastifyWebhook, options);
      const url = `${await ready(t, app)}/hooks`;
      const { headers, body } = fresh();
      const refused = await send(url, { headers: { ...headers, "x-refuse": "1" }, body });
      assert.deepEqual([refused.status, refused.json], [403, { by: "the application" }]);
      assert.equal((await send(url, { headers, body })).status, 200);
    });

    test("a prefix is put before its path", async (t) => {
      const app = fastify();
      await app.register(fastifyWebhook, { ...options, prefix: "/docutray" });
      const address = await ready(t, app);
      assert.equal((await send(`${address}/docutray/hooks`, fresh())).status, 200);
    });

    test("an application may have two webhooks", async (t) => {
      const app = fastify();
      await app.register(fastifyWebhook, options);
      await app.register(fastifyWebhook, { ...options, path: "/others", secret: "whsec_other" });
      const address = await ready(t, app);
      assert.equal((await send(`${address}/hooks`, fresh())).status, 200);
      assert.equal((await send(`${address}/others`, fresh({ secret: "whsec_other" }))).status, 200);
      assert.equal((await send(`${address}/others`, fresh())).status, 401);
    });

    test("a hook that reads the body first is logged, and the sender is answered 500", async (t) => {
      const errors = t.mock.method(console, "error", () => {});
      const app = fastify();
      app.addHook("preParsing", async (request, reply, payload) => {
        for await (const _ of payload.iterator({ destroyOnReturn: false }));
      });
      await app.register(fastifyWebhook, options);
      const { status, json } = await send(`${await ready(t, app)}/hooks`, fresh());
      assert.deepEqual([status, json.code], [500, "raw_body_gone"]);
      assert.match(errors.mock.calls[0].arguments.at(-1).message, /a preParsing hook of the application read the body/);
    });

    test("a stream that a hook returns in place of the body is used as the body", async (t) => {
      const app = fastify();
      app.addHook("preParsing", async (request, reply, payload) => payload.pipe(new PassThrough()));
      await app.register(fastifyWebhook, options);
      const url = `${await ready(t, app)}/hooks`;
      assert.equal((await send(url, fresh())).status, 200);
      assert.equal((await send(url, tampered())).json.code, "signature_mismatch");
    });

    test("a hook that sets another body has no effect", async (t) => {
      const app = fastify();
      app.addHook("preValidation", async (request) => {
        request.body = { sanitized: true };
      });
      await app.register(fastifyWebhook, options);
      assert.equal((await send(`${await ready(t, app)}/hooks`, fresh())).status, 200);
    });

    test("the log contains nothing secret, whatever is delivered", async (t) => {
      const { stream, log } = logged();
      const app = fastify({ logger: { level: "trace", stream } });
      await app.register(fastifyWebhook, options);
      const url = `${await ready(t, app)}/hooks`;
      const { headers, body } = fresh();
      await send(url, fresh());
      await send(url, tampered());
      await send(url, { headers: { ...headers, "content-type": "json" }, body });
      await app.close();
      assert.match(log(), /"statusCode":200/);
      for (const secret of [SECRET, "sha256=", headers["x-docutray-signature"].slice(7), "conv_1", "1190.5"]) {
        assert.ok(!log().includes(secret), secret);
      }
      assert.doesNotMatch(log(), /already sent|"level":[56]0/);
    });

    test("an answer that the application has already sent stays", async (t) => {
      const { stream, log } = logged();
      const app = fastify({ logger: { stream } });
      let early;
      app.addHook("onRequest", async (request, reply) => {
        early = () => reply.code(503).send({ by: "the application" });
      });
      await app.register(fastifyWebhook, { ...options, on: { "*": () => void early() } });
      const { status, json } = await send(`${await ready(t, app)}/hooks`, fresh());
      assert.deepEqual([status, json], [503, { by: "the application" }]);
      await app.close();
      assert.match(log(), /"statusCode":503/);
      assert.doesNotMatch(log(), /already sent/);
    });

    test("wrong options are refused when the plugin is registered", async () => {
      for (const [field, value] of [["secret", ""], ["path", undefined], ["on", null]]) {
        const app = fastify();
        await assert.rejects(async () => app.register(fastifyWebhook, { ...options, [field]: value }), {
          code: "invalid_config",
          field,
        });
        await app.close();
      }
    });
  });
}
