// Bodies that were read before the handler and kept: complete or not, as bytes or as text.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { suite, test } from "node:test";
import { fastifyWebhook, nodeHandler } from "docutray-webhook/node";
import rawBody5 from "fastify-raw-body";
import rawBody4 from "fastify-raw-body-4";
import { fresh, SECRET, URL as REGISTERED } from "./delivery.mjs";
import { send, sendSlowly, tampered } from "./deliveries.mjs";
import { EXPRESS, FASTIFY, listening, ready } from "./servers.mjs";

const on = { "*": () => {} };
const options = { secret: SECRET, url: REGISTERED, on };
const webhook = { path: "/hooks", ...options };
const PLUGINS = { "Fastify 4": rawBody4, "Fastify 5": rawBody5 };

/** Typical settings of fastify-raw-body. */
const SET_UP = {
  "its default": {},
  "runFirst": { runFirst: true },
  "bytes": { encoding: false },
  "the webhook's route alone": { global: false, routes: ["/hooks"] },
  "the webhook's route alone, bytes": { global: false, routes: ["/hooks"], encoding: false },
};

for (const [name, fastify] of Object.entries(FASTIFY)) {
  suite(`fastify-raw-body in ${name}`, () => {
    async function served(t, set, webhookFirst = false) {
      const app = fastify();
      const plugins = [[PLUGINS[name], set], [fastifyWebhook, webhook]];
      for (const [plugin, options] of webhookFirst ? plugins.reverse() : plugins) {
        await app.register(plugin, options);
      }
      app.post("/echo", async (request) => ({ raw: String(request.rawBody) }));
      return ready(t, app);
    }

    for (const [what, set] of Object.entries(SET_UP)) {
      test(`${what}: a delivery is verified, however slowly it arrives`, async (t) => {
        const address = await served(t, set);
        assert.deepEqual((await send(`${address}/hooks`, fresh())).json, { verdict: "processed" });
        assert.deepEqual((await send(`${address}/hooks`, tampered({ id: "conv_2" }))).json.code, "signature_mismatch");
        assert.deepEqual((await sendSlowly(`${address}/hooks`, fresh({ id: "conv_3" }))).json, { verdict: "processed" });
      });
    }

    test("registered after the webhook, it does no harm and works for other routes", async (t) => {
      const address = await served(t, {}, true);
      assert.deepEqual((await send(`${address}/hooks`, fresh())).json, { verdict: "processed" });
      const sent = { headers: { "content-type": "application/json" }, body: '{ "a": 1 }' };
      assert.deepEqual((await send(`${address}/echo`, sent)).json, { raw: '{ "a": 1 }' });
    });

    test("the error about text that decoding has changed says what to set", async (t) => {
      const errors = t.mock.method(console, "error", () => {});
      const address = await served(t, SET_UP["the webhook's route alone"]);
      const payload = Buffer.concat([Buffer.from(fresh().body.slice(0, -1)), Buffer.from([0x2c, 0x22, 0xff, 0x22])]);
      const { status, json } = await send(`${address}/hooks`, fresh({ payload }));
      assert.deepEqual([status, json.code], [500, "raw_body_gone"]);
      assert.match(errors.mock.calls[0].arguments.at(-1).message, /rawBody is text.*keep the Buffer.*fastify-raw-body: encoding: false/);
    });
  });
}

for (const [name, express] of Object.entries(EXPRESS)) {
  suite(name, () => {
    async function served(t, ...before) {
      const app = express();
      app.post("/hooks", ...before, nodeHandler(options));
      return `${await listening(t, createServer(app))}/hooks`;
    }

    const asText = () =>
      express.json({
        verify(request, response, bytes) {
          request.rawBody = bytes.toString();
        },
      });

    test("text kept in rawBody is verified as its bytes", async (t) => {
      const url = await served(t, asText());
      const data = { town: "Ñuñoa", sign: "€", face: "😀" };
      const good = fresh({ payload: fresh().body.replace("1190.5", JSON.stringify(data)) });
      assert.deepEqual((await send(url, good)).json, { verdict: "processed" });
      assert.equal((await send(url, tampered())).json.code, "signature_mismatch");
    });

    for (const [what, text] of Object.entries({ "U+FFFD": "\uFFFD", "a BOM": "\uFEFF" })) {
      test(`text with ${what} is not accepted: the error says to keep the Buffer`, async (t) => {
        const errors = t.mock.method(console, "error", () => {});
        const url = await served(t, (request, response, next) => {
          request.rawBody = `${text}{}`;
          request.resume().once("end", next);
        });
        const { status, json } = await send(url, fresh());
        assert.deepEqual([status, json.code], [500, "raw_body_gone"]);
        assert.match(errors.mock.calls[0].arguments.at(-1).message, /rawBody is text.*keep the Buffer, not buffer\.toString\(\)/);
      });
    }

    test("kept bytes are preferred to kept text", async (t) => {
      const url = await served(t, express.raw({ type: "*/*" }), (request, response, next) => {
        request.rawBody = "\uFFFD";
        next();
      });
      assert.deepEqual((await send(url, fresh())).json, { verdict: "processed" });
    });

    test("text that is still being collected is waited for", async (t) => {
      function collected(request, response, next) {
        request.rawBody = "";
        request.on("data", (chunk) => {
          request.rawBody += chunk;
        });
        request.once("data", () => next());
      }
      assert.deepEqual((await sendSlowly(await served(t, collected), fresh())).json, { verdict: "processed" });
    });
  });
}
