// What the sender, the log and onDelivery are told at each step, by every receiver. tests/frameworks/node has the same for
// Express and Fastify.
import assert from "node:assert/strict";
import { createServer, request as sendRequest } from "node:http";
import { suite, test } from "node:test";
import { json as jsonOf } from "node:stream/consumers";
import { webHandler } from "docutray-webhook/handler";
import { lambdaHandler } from "docutray-webhook/lambda";
import { nodeHandler } from "docutray-webhook/node";
import { fresh, URL as REGISTERED } from "./delivery.mjs";
import { functionEvents } from "./lambda-events.mjs";
import { saidDuring } from "./receiving.mjs";
import { listening } from "./serving.mjs";
import { secret, tellsNobodyTooMuch, unfit } from "./telling.mjs";

/** Each returns status and JSON of the answer to a request. */
const receivers = {
  handler: async (t, options, { method, headers, body }) => {
    const request = new Request("http://localhost/", { method, headers, body: method === "GET" ? undefined : body });
    const response = await webHandler(options)(request);
    return { status: response.status, json: await response.json() };
  },
  node: async (t, options, { method, headers, body }) => {
    const address = await listening(t, createServer(nodeHandler(options)));
    const response = await new Promise((resolve, reject) => {
      const request = sendRequest(address, { method, headers, agent: false });
      request.on("response", resolve).on("error", reject).end(method === "GET" ? undefined : body);
    });
    return { status: response.statusCode, json: await jsonOf(response) };
  },
  lambda: async (t, options, { method, headers, body }) => {
    const event = functionEvents["function URL"]({ method, sent: Object.entries(headers), body });
    const { statusCode, body: answer } = await lambdaHandler(options)(event);
    return { status: statusCode, json: JSON.parse(answer) };
  },
};

for (const [name, answered] of Object.entries(receivers)) {
  tellsNobodyTooMuch(name, answered);
}

suite("log lines that any sender can cause are few:", () => {
  /** Returns a handler, and a clock that the test advances. */
  function receiver(t, options = {}) {
    const clock = { ms: 0 };
    t.mock.method(performance, "now", () => clock.ms);
    const handler = webHandler({ secret, url: REGISTERED, on: { "*": () => {} }, ...options });
    const answer = async (more = {}, headers = {}) => {
      const signed = fresh(more);
      const request = new Request("http://localhost/", { method: "POST", headers: { ...signed.headers, ...headers }, body: signed.body });
      return (await handler(request)).status;
    };
    return { clock, answer };
  }

  // A forged delivery may be explained, in a line that does not wait for others of its code.
  const causes = {
    auth_signature_mismatch: [{ secret: "wrong" }],
    body_too_large: [{ payload: " ".repeat(1001) }],
    "its Content-Type": [{}, { "content-type": "text/plain" }],
  };
  for (const [words, sent] of Object.entries(causes)) {
    test(`one a minute for each code, with the number of those in between: ${words}`, async (t) => {
      const { clock, answer } = receiver(t, { maxBody: 1000 });
      const during = (run) => saidDuring(run).then((said) => said.map(([line]) => line));
      const once = () => answer(...sent);
      assert.equal((await during(async () => { for (let count = 0; count < 1000; count++) await once(); })).length, 1);
      clock.ms = 59_999;
      assert.deepEqual(await during(once), []);
      clock.ms = 60_000;
      const [line] = await during(once);
      assert.ok(line.includes(words), line);
      assert.match(line, / \(1000 more like it since the last line\)$/);
      clock.ms = 120_000;
      assert.doesNotMatch((await during(once))[0], /more like it/);
    });
  }

  test("one code does not hide another", async (t) => {
    const { answer } = receiver(t);
    const said = await saidDuring(async () => {
      await answer({ secret: "wrong" });
      await answer({ timestamp: 0 });
      await answer({}, { "content-type": "text/plain" });
    });
    assert.equal(said.length, 3);
  });

  test("also truncated and lost bodies with url: false", async (t) => {
    const { answer } = receiver(t, { url: false });
    const said = await saidDuring(async () => {
      for (let count = 0; count < 100; count++) {
        await answer({ secret: "wrong" }, { "content-length": "999" });
      }
    });
    assert.deepEqual(said.map((words) => words.length), [1], "and nothing that a host says of it");
  });

  test("but an authentic delivery that does not fit is always logged", async (t) => {
    const { answer } = receiver(t);
    const said = await saidDuring(async () => {
      for (let count = 0; count < 10; count++) {
        await answer({ payload: unfit });
      }
    });
    assert.equal(said.length, 10);
  });

  test("a console that throws does not prevent the answer", async (t) => {
    const { answer } = receiver(t, { on: { "*": () => Promise.reject(new Error("mine")) } });
    const broken = () => {
      throw new Error("EPIPE");
    };
    t.mock.method(console, "error", broken);
    t.mock.method(console, "warn", broken);
    assert.equal(await answer({ secret: "wrong" }), 401);
    assert.equal(await answer({ payload: unfit }), 400);
    assert.equal(await answer(), 500);
  });
});
