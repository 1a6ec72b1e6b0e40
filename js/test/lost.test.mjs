// The WebAssembly instance ends during a delivery. The sender is told to retry, and the next delivery is verified.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isSet, trapWhen } from "./trap.mjs";

const { SECRET } = await import("./delivery.mjs");
const { receiver, request, saidDuring, told } = await import("./receiving.mjs");
const { fastifyWebhook } = await import("docutray-webhook/node");

/** Returns the names of all exports that a delivery calls, in order. */
async function called(handler, one) {
  const names = [];
  trapWhen((name) => void names.push(name));
  await handler(one());
  trapWhen(undefined);
  return names;
}

for (const [what, one, options] of [
  ["a good delivery", () => request(), {}],
  ["a forged one", () => request({ body: "{}" }), {}],
  ["one that does not fit", () => request({ payload: "[]" }), { onUnfit: () => {} }],
  ["another type", () => request({ headers: { "content-type": "text/plain" } }), {}],
]) {
  test(`wherever ${what} is then, its sender is told to retry, and one line is logged`, async () => {
    await saidDuring(async () => {
      // Some exports are called only once in a process.
      await receiver().handler(request());
      const names = await called(receiver(options).handler, one);
      assert.ok(names.length > 0);
      for (let place = 0; place < names.length; place++) {
        const { handler } = receiver(options);
        let left = place;
        const lines = await saidDuring(async () => {
          trapWhen(() => left-- === 0);
          const { status, headers, body } = await told(await handler(one()));
          assert.deepEqual([status, body.code, headers["retry-after"]], [503, "verifier_unavailable", "30"], names[place]);
          assert.ok(!isSet());
        });
        assert.equal(lines.filter(([line]) => /the WebAssembly instance ended while it was verified/.test(line)).length, 1, names[place]);
        assert.deepEqual((await told(await handler(request()))).body, { verdict: "processed" }, names[place]);
      }
    });
  });
}

test("Fastify gets the answer and no error then, since no handler has failed", async () => {
  let answer;
  const scope = { addContentTypeParser() {}, removeAllContentTypeParsers() {}, all: (_path, _options, given) => void (answer = given) };
  await fastifyWebhook(scope, { path: "/hooks", secret: "s", url: "https://example.com", on: { "*": () => {} } });
  const sent = [];
  const reply = { sent: false, code: (status) => (sent.push(status), reply), headers: () => reply, send: (what) => (sent.push(what), reply) };
  const raw = { method: "POST", headers: { "content-type": "application/json" }, iterator() {} };
  const lines = await saidDuring(async () => {
    trapWhen(() => true);
    await answer({ raw, body: raw }, reply);
  });
  assert.match(lines[0][0], /the WebAssembly instance ended while it was verified/);
  assert.equal(sent[0], 503);
  assert.equal(JSON.parse(new TextDecoder().decode(sent[1])).code, "verifier_unavailable");
});

test("onError gets it as verifier_unavailable, the code of the record, also after another failure of that code", async () => {
  const [codes, records] = [[], []];
  let isAway = false;
  const secret = () => {
    if (isAway) {
      throw new Error("the secrets manager is away");
    }
    return SECRET;
  };
  const { handler } = receiver({ secret, onError: (_error, { code, message }) => codes.push([code, message]), onDelivery: ({ code }) => records.push(code) });
  await saidDuring(async () => {
    isAway = true;
    await handler(request());
    isAway = false;
    trapWhen(() => true);
    await handler(request());
  });
  assert.deepEqual(records, ["verifier_unavailable", "verifier_unavailable"]);
  assert.deepEqual(codes.map(([code]) => code), records);
  assert.match(codes[0][1], /there is no secret/);
  assert.match(codes[1][1], /the WebAssembly instance ended/);
});
