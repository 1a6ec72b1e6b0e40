// Hosts without their own entry of the package.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { suite, test } from "node:test";
import azure from "@azure/functions";
import functions from "@google-cloud/functions-framework";
import { getTestServer } from "@google-cloud/functions-framework/testing";
import { H3, toNodeHandler } from "h3";
import Koa from "koa";
import { webHandler } from "docutray-webhook/handler";
import { nodeHandler } from "docutray-webhook/node";
import { fresh, SECRET, URL as REGISTERED } from "./delivery.mjs";
import { send, sendSlowly, tampered } from "./deliveries.mjs";
import { listening } from "./servers.mjs";

const { HttpRequest, HttpResponse, InvocationContext } = azure;
const options = { secret: SECRET, url: REGISTERED, on: { "*": () => {} } };

test("h3 2 calls the handler with its event", async (t) => {
  const app = new H3().all("/hooks", webHandler(options));
  const url = `${await listening(t, createServer(toNodeHandler(app)))}/hooks`;
  assert.deepEqual((await send(url, fresh())).json, { verdict: "processed" });
  assert.equal((await send(url, tampered())).json.code, "signature_mismatch");
  assert.deepEqual((await sendSlowly(url, fresh({ id: "conv_2" }))).json, { verdict: "processed" });
  assert.equal((await send(url, { method: "GET" })).status, 405);
});

suite("Azure Functions", () => {
  /** Calls a function with a request as Azure's worker does, and returns its response. */
  async function answered(handler, { method = "POST", headers, body }) {
    const request = new HttpRequest({ method, url: "https://example.com/api/hooks", headers, body: { bytes: body && Buffer.from(body) } });
    const response = new HttpResponse(await handler(request, new InvocationContext()));
    return { status: response.status, type: response.headers.get("content-type"), json: await response.json() };
  }

  test("the handler accepts its request and returns its response", async () => {
    const handler = webHandler(options);
    const good = await answered(handler, fresh());
    assert.deepEqual(good, { status: 200, type: "application/json", json: { verdict: "processed" } });
    assert.deepEqual((await answered(handler, fresh())).json, { verdict: "duplicate" });
    assert.equal((await answered(handler, tampered())).json.code, "signature_mismatch");
    assert.equal((await answered(handler, { method: "GET", headers: {} })).status, 405);
  });
});

suite("Google Cloud Functions", () => {
  test("the framework's server keeps the bytes in rawBody", async (t) => {
    functions.http("hooks", nodeHandler(options));
    const url = await listening(t, getTestServer("hooks"));
    assert.deepEqual((await send(url, fresh())).json, { verdict: "processed" });
    assert.equal((await send(url, tampered())).json.code, "signature_mismatch");
    assert.deepEqual((await sendSlowly(url, fresh({ id: "conv_2" }))).json, { verdict: "processed" });
    assert.equal((await send(url, { method: "GET" })).status, 405);
  });
});

suite("Koa", () => {
  test("the handler accepts Node's request and response from its context", async (t) => {
    const handler = nodeHandler(options);
    const app = new Koa().use(async (context) => {
      context.respond = false;
      await handler(context.req, context.res);
    });
    const url = await listening(t, createServer(app.callback()));
    assert.deepEqual((await send(url, fresh())).json, { verdict: "processed" });
    assert.equal((await send(url, tampered())).json.code, "signature_mismatch");
    assert.deepEqual((await sendSlowly(url, fresh({ id: "conv_2" }))).json, { verdict: "processed" });
    assert.equal((await send(url, { method: "GET" })).status, 405);
  });
});
