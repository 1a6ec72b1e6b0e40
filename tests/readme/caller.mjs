// Imports the READMEs' snippets and calls their exports: a valid delivery must pass, an altered one must not.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { register } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { getTestServer } from "@google-cloud/functions-framework/testing";
import { createApp, toNodeListener } from "h3";
import { Verifier } from "docutray-webhook";
import { completed, delivery, NOW, SECRET, URL as REGISTERED } from "./delivery.mjs";
import { startRedis } from "./servers.mjs";

const JSON_TYPE = { "content-type": "application/json" };
const GOOD = [200, { verdict: "processed" }];
const REPEATED = [200, { verdict: "duplicate" }];

/** The possible exports of a snippet, and how each is called. */
const FORMS = {
  receive: (receive) => isVerifier(({ headers, body }) => receive(headers, Buffer.from(body))),
  handle: (handle) => isVerifier(({ headers, body }) => handle(new Request(REGISTERED, { method: "POST", headers, body }))),
  POST: (POST) => isHandler(async ({ headers, body }) => answer(await POST(request(REGISTERED, headers, body)))),
  handler: (handler) => isHandler(async ({ headers, body }) => lambdaAnswer(await handler(lambdaEvent(headers, body)))),
  app: throughApplication,
  default: (exported) => (typeof exported === "function" ? throughH3(exported) : throughFetch(exported)),
  hooks: () => throughServer(getTestServer("hooks")),
  test: (test) => test(),
};

/** Express is a function. Koa returns one. Elysia takes Web requests. NestJS has a server. Fastify listens itself. */
async function throughApplication(app) {
  if (typeof app === "function") {
    return throughServer(createServer(app));
  }
  if (typeof app.callback === "function") {
    return throughServer(createServer(app.callback()));
  }
  if (typeof app.fetch === "function") {
    return throughFetch(app);
  }
  if (typeof app.getHttpServer === "function") {
    await app.init();
    return throughServer(app.getHttpServer());
  }
  return throughFastify(app);
}

function throughH3(handler) {
  return throughServer(createServer(toNodeListener(createApp().use("/hooks", handler))));
}

function throughFetch(app) {
  return isHandler(async ({ headers, body }) => answer(await app.fetch(request(new URL("/hooks", REGISTERED), headers, body))));
}

/** Checks an event that a README shows. */
function isEvent(shown) {
  const { headers, body } = delivery({ payload: shown.payload });
  const event = new Verifier({ secret: SECRET, url: REGISTERED }).verify(headers, body, NOW);
  assert.deepEqual(shown, JSON.parse(JSON.stringify(event)));
}

/** Checks a verifier, which throws for what it refuses. */
async function isVerifier(receive) {
  const [good, altered] = deliveries();
  await receive(good);
  await assert.rejects(async () => receive(altered), { code: "signature_mismatch" });
  await receive(good);
}

/** Checks a handler, which answers and remembers what it has processed. */
async function isHandler(send) {
  const [good, altered] = deliveries();
  assert.deepEqual(await send(good), GOOD);
  const [status, { code }] = await send(altered);
  assert.deepEqual([status, code], [401, "signature_mismatch"]);
  assert.deepEqual(await send(good), REPEATED);
}

function deliveries() {
  const good = delivery({ timestamp: Math.floor(Date.now() / 1000) });
  return [good, { ...good, body: JSON.stringify(completed({ data: { total: 9 } })) }];
}

function request(address, headers, body) {
  return new Request(address, { method: "POST", headers: { ...JSON_TYPE, ...headers }, body });
}

async function answer(response) {
  return [response.status, await response.json()];
}

function lambdaEvent(headers, body) {
  const requestContext = { http: { method: "POST" } };
  return { version: "2.0", requestContext, headers: { ...JSON_TYPE, ...headers }, body, isBase64Encoded: false };
}

function lambdaAnswer({ statusCode, body }) {
  return [statusCode, JSON.parse(body)];
}

async function throughServer(server) {
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  await atAddress(`http://127.0.0.1:${server.address().port}`);
}

async function throughFastify(app) {
  await atAddress(await app.listen({ port: 0, host: "127.0.0.1" }));
}

async function atAddress(address) {
  await isHandler(async ({ headers, body }) => answer(await fetch(request(`${address}/hooks`, headers, body))));
}

const redis = await startRedis();
Object.assign(process.env, { DOCUTRAY_WEBHOOK_SECRET: SECRET, DOCUTRAY_WEBHOOK_URL: REGISTERED, REDIS_URL: redis.url });
register("./cloudflare-workers.mjs", import.meta.url);
for (const file of process.argv.slice(2)) {
  if (file.endsWith(".json")) {
    isEvent(JSON.parse(await readFile(file, "utf8")));
    continue;
  }
  const exported = Object.entries(await import(pathToFileURL(resolve(file))));
  assert.ok(exported.length > 0, `${file} exports nothing: nothing of it can be called`);
  for (const [name, value] of exported) {
    assert.ok(FORMS[name], `${file} exports ${name}: export it as one of ${Object.keys(FORMS).join(", ")}`);
    try {
      await FORMS[name](value);
    } catch (cause) {
      throw new Error(`${file}: ${name}`, { cause });
    }
  }
}
await redis.stop();
// Ends the servers and clients that the snippets have started.
process.exit();
