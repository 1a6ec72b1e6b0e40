// The handler answers even if the request or the host throws.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { lambdaHandler } from "docutray-webhook/lambda";
import { webHandler } from "docutray-webhook/handler";
import { fresh, SECRET, URL } from "./delivery.mjs";
import { functionEvents } from "./lambda-events.mjs";
import { receiver, request, saidDuring, told } from "./receiving.mjs";

function thrown() {
  throw new Error("a fault of the application");
}

const json = (name) => (name === "content-type" ? "application/json" : null);
const options = { secret: SECRET, url: URL, on: { "*": () => {} } };

suite("webHandler answers", () => {
  const faults = {
    "a method that throws": { method: { get: thrown } },
    "headers that cannot be listed": { headers: { value: { get: json, [Symbol.iterator]: thrown } } },
    "headers whose get throws": { headers: { value: { get: thrown } } },
  };
  for (const [what, members] of Object.entries(faults)) {
    test(what, async () => {
      await saidDuring(async () => {
        const { status, body } = await told(await receiver().handler(Object.defineProperties(request(), members)));
        assert.deepEqual([status, body.code], [500, "handler_failed"]);
      });
    });
  }

  test("Node's request through Node's response, and the log names the right entry", async () => {
    const sent = { headers: {} };
    const response = {
      headersSent: false,
      setHeader: (name, value) => void (sent.headers[name] = value),
      end: (body) => void (sent.body = JSON.parse(body)),
    };
    const node = { method: "POST", headers: fresh().headers, on() {} };
    for (const handler of [webHandler(options), lambdaHandler(options)]) {
      const said = await saidDuring(() => handler(node, response));
      assert.deepEqual([response.statusCode, sent.body.code], [500, "handler_failed"]);
      assert.equal(sent.headers["content-type"], "application/problem+json");
      assert.match(said[0].at(-1).message, /nodeHandler of docutray-webhook\/node/);
    }
  });
});

test("lambdaHandler answers a context that throws", async () => {
  const { headers, body } = fresh();
  const event = functionEvents["function URL"]({ sent: [["content-type", "application/json"], ...Object.entries(headers)], body });
  await saidDuring(async () => {
    const { statusCode } = await lambdaHandler(options)(event, { getRemainingTimeInMillis: thrown });
    assert.equal(statusCode, 500);
  });
});
