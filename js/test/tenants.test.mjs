// One endpoint for many tenants: `secret` and `url` are functions of the request, on each host.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { suite, test } from "node:test";
import { webHandler } from "docutray-webhook/handler";
import { authorizer, lambdaHandler } from "docutray-webhook/lambda";
import { nodeHandler } from "docutray-webhook/node";
import { fresh, SECRET, URL } from "./delivery.mjs";
import { authorizerEvents, functionEvents } from "./lambda-events.mjs";
import { saidDuring } from "./receiving.mjs";
import { listening, post } from "./serving.mjs";

const on = { "*": () => {} };

suite("one endpoint for many tenants", () => {
  const TENANTS = { acme: "secret of acme", umbrella: "secret of umbrella" };
  const registered = (tenant) => `https://example.com/hooks/${tenant}`;
  const options = {
    on,
    secret: ({ url }) => TENANTS[new globalThis.URL(url).pathname.split("/").at(-1)],
    url: ({ url }) => registered(new globalThis.URL(url).pathname.split("/").at(-1)),
  };
  const signed = (tenant) => fresh({ secret: TENANTS[tenant], url: registered(tenant) });

  test("on a Web host, by the URL", async () => {
    const handler = webHandler(options);
    const sent = (path, tenant) => new Request(`http://localhost/hooks/${path}`, { method: "POST", ...signed(tenant) });
    assert.equal((await handler(sent("acme", "acme"))).status, 200);
    assert.equal((await handler(sent("umbrella", "umbrella"))).status, 200);
    await saidDuring(async () => assert.equal((await handler(sent("acme", "umbrella"))).status, 401));
  });

  test("on Node, by the URL, whatever the Host header is", async (t) => {
    const address = await listening(t, createServer(nodeHandler(options)));
    assert.equal((await post(`${address}/hooks/acme`, signed("acme"))).status, 200);
    const seen = [];
    const strange = nodeHandler({ on, url: URL, secret: ({ url, headers }) => (seen.push(url, headers.get("x-unset")), SECRET) });
    const other = await listening(t, createServer((incoming, response) => {
      incoming.headers.host = "not a host/";
      incoming.headers["x-unset"] = undefined;
      incoming.originalUrl = "/before/the/router";
      return strange(incoming, response);
    }));
    assert.equal((await post(`${other}/hooks`, fresh())).status, 200);
    assert.deepEqual(seen, ["http://localhost/before/the/router", null]);
  });

  test("on AWS Lambda, by the URL and the headers", async () => {
    for (const [name, event] of Object.entries(functionEvents)) {
      const seen = [];
      const secret = ({ method, url, headers }) => (seen.push(method, url, headers.get("X-Docutray-EVENT"), headers.get("none")), SECRET);
      const { body, headers } = fresh();
      const { statusCode } = await lambdaHandler({ on, url: URL, secret })(event({ sent: Object.entries(headers), body }));
      assert.equal(statusCode, 200, name);
      assert.equal(seen[0], "POST");
      assert.match(seen[1], /^https:\/\/[^/]+\/[^?]*(\?.+)?$/, name);
      assert.deepEqual(seen.slice(2), ["CONVERSION_COMPLETED", null], name);
    }
  });

  test("in front of it, in an authorizer", async () => {
    const { headers } = fresh();
    for (const [name, event] of Object.entries(authorizerEvents)) {
      const seen = [];
      const allows = authorizer({ url: () => URL, secret: async ({ method, url }) => (seen.push(method, url), SECRET), response: "iam" });
      const { context } = await allows(event(Object.entries(headers)));
      assert.equal(context.event, "CONVERSION_COMPLETED", name);
      assert.equal(seen[0], "POST", name);
      assert.match(seen[1], /^https:\/\/.+\/(request|my\/path)/, name);
      for (const secret of [() => "", () => Promise.reject(new Error("away"))]) {
        await assert.rejects(authorizer({ url: URL, secret })(event(Object.entries(headers))), name);
      }
    }
  });
});
