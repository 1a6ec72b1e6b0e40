// If the WebAssembly instance ends while an example verifies, its sender is answered 503, so that Docutray sends the delivery again.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import { register, syncBuiltinESMExports } from "node:module";
import { test } from "node:test";
import { trapWhen } from "./trap.mjs";

const { fresh, SECRET, URL } = await import("./delivery.mjs");
const { request, saidDuring, told } = await import("./receiving.mjs");

Object.assign(process.env, { DOCUTRAY_WEBHOOK_SECRET: SECRET, DOCUTRAY_WEBHOOK_URL: URL, PORT: "0" });

/** Each gives what answers a request. The examples of other hosts get as much of their host as they use. */
const examples = {
  async node(t) {
    const { createServer } = http;
    let server;
    http.createServer = (listener) => (server = createServer(listener));
    syncBuiltinESMExports();
    t.mock.method(console, "log", () => {});
    await import("../examples/node/server.mjs");
    await once(server, "listening");
    t.after(() => server.close());
    return (sent) => fetch(`http://127.0.0.1:${server.address().port}/`, sent);
  },
  async workers() {
    const resolve = `export const resolve = (name, context, next) =>
      name === "cloudflare:workers" ? { url: "data:text/javascript,export const { env } = process", shortCircuit: true } : next(name, context);`;
    register(`data:text/javascript,${encodeURIComponent(resolve)}`);
    const { default: worker } = await import("../examples/workers/src/index.js");
    return (sent) => worker.fetch(sent);
  },
  async deno() {
    let handler;
    globalThis.Deno = { env: { get: (name) => process.env[name] }, serve: (options) => void ({ handler } = options) };
    await import("../examples/deno/server.js");
    return handler;
  },
  async bun(t) {
    let handler;
    globalThis.Bun = { serve: ({ fetch }) => ((handler = fetch), { port: 0 }) };
    t.mock.method(console, "log", () => {});
    await import("../examples/bun/server.js");
    return handler;
  },
};

for (const [name, start] of Object.entries(examples)) {
  test(`examples/${name}`, async (t) => {
    const receive = await start(t);
    const lines = await saidDuring(async () => {
      trapWhen(() => true);
      const { status, headers, body } = await told(await receive(request()));
      assert.deepEqual([status, body], [503, { ...body, status: 503, code: "verifier_unavailable" }]);
      assert.equal(headers["content-type"], "application/problem+json");
    });
    assert.deepEqual(lines.map(([error]) => error.name), ["InstanceLost"]);
    assert.equal((await receive(request())).status, 200);
  });
}

test("examples/browser", async () => {
  let submit;
  globalThis.document = { forms: { delivery: { addEventListener: (_name, listener) => (submit = listener) } } };
  globalThis.FormData = class {
    constructor(form) {
      return form;
    }
  };
  await import("../examples/browser/page.js");
  const verdict = () => {
    const { headers, body } = fresh();
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const fields = { secret: SECRET, url: URL, headers: lines.join("\n"), body };
    const form = Object.assign(new Map(Object.entries(fields)), { elements: { verdict: {} } });
    submit({ preventDefault() {}, target: form });
    return JSON.parse(form.elements.verdict.value);
  };
  trapWhen(() => true);
  const { status, code } = verdict();
  assert.deepEqual([status, code], [503, "verifier_unavailable"]);
  assert.equal(verdict().type, "CONVERSION_COMPLETED");
});
