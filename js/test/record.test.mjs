import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { completed, delivery, REQUEST_ID, SECRET } from "./delivery.mjs";
import { stoppedClock, turn } from "./clock.mjs";
import { later, receiver, request, saidDuring } from "./receiving.mjs";

async function recordsOf(requests, options = {}) {
  const records = [];
  const { handler } = receiver({ onDelivery: (record) => void records.push(record), ...options });
  for (const one of requests) {
    await handler(one);
  }
  return records;
}

suite("the record of a delivery", () => {
  test("that was processed, and that of its repetition", async (t) => {
    t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
    const records = await recordsOf([request(), request()]);
    assert.equal(records.length, 2);
    for (const record of records) {
      assert.equal(record.time, new Date().toISOString());
      assert.ok(record.durationMs >= 0);
    }
    const common = { event: "CONVERSION_COMPLETED", id: "conv_1", key: "CONVERSION_COMPLETED:conv_1", requestId: REQUEST_ID, code: undefined, error: undefined, status: 200 };
    assert.deepEqual(
      records.map(({ time, durationMs, ...rest }) => rest),
      [
        { ...common, verdict: "processed", seenBefore: false },
        { ...common, verdict: "duplicate", seenBefore: true },
      ],
    );
  });

  test("that was forged contains nothing of its sender's text", async () => {
    const forged = request({ secret: "wrong", headers: { "x-docutray-event": "CONVERSION_COMPLETED" } });
    const [{ time, durationMs, error, ...record }] = await recordsOf([forged]);
    assert.deepEqual([error.code, error.field], ["auth_signature_mismatch", "x-docutray-auth-signature"]);
    assert.match(error.message, /The secret differs/);
    assert.deepEqual(record, {
      event: undefined,
      id: undefined,
      key: undefined,
      requestId: undefined,
      verdict: "refused",
      code: "auth_signature_mismatch",
      status: 401,
      seenBefore: false,
    });
  });

  test("contains no secret, no MAC and nothing of the payload", async () => {
    const payload = completed({ data: { iban: "DE02120300000000202051" } });
    const requests = [
      request({ payload }),
      request({ payload, body: "{}" }),
      request({ payload, secret: "wrong" }),
      request({ payload: { ...payload, status: "ERROR" } }),
    ];
    const shown = JSON.stringify(await recordsOf(requests));
    const { headers } = delivery({ payload });
    const macs = ["x-docutray-signature", "x-docutray-auth-signature"].map((name) => headers[name].slice(7));
    for (const secret of [SECRET, ...macs, "DE02120300000000202051", "document_type_code", "sha256="]) {
      assert.ok(!shown.includes(secret), secret);
    }
  });
});

suite("onDelivery", () => {
  test("is called before the answer is sent", async () => {
    const order = [];
    const logged = later();
    const { handler } = receiver({ onDelivery: () => logged.promise.then(() => order.push("log")) });
    const answer = handler(request()).then(() => order.push("answer"));
    await turn();
    assert.deepEqual(order, []);
    logged.resolve();
    await answer;
    assert.deepEqual(order, ["log", "answer"]);
  });

  test("that fails does not change the answer, and is logged", async () => {
    for (const onDelivery of [() => { throw new Error("no log"); }, async () => { throw new Error("no log"); }]) {
      const { handler } = receiver({ onDelivery });
      const said = await saidDuring(async () => assert.equal((await handler(request())).status, 200));
      assert.match(said[0][0], /onDelivery failed/);
    }
  });

  test("that never ends does not delay the answer for ever", async (t) => {
    const clock = stoppedClock(t);
    const { handler } = receiver({ onDelivery: () => new Promise(() => {}) });
    const answer = handler(request());
    await clock.pass(1);
    assert.equal((await answer).status, 200);
  });
});
