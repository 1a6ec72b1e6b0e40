import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { WebhookError } from "docutray-webhook";
import { completed, REQUEST_ID } from "./delivery.mjs";
import { receiver, request, saidDuring, told } from "./receiving.mjs";

const UNFIT = {
  malformed_payload: completed({ conversion_id: 7 }),
  event_mismatch: completed({ status: "ERROR" }),
};

for (const [code, payload] of Object.entries(UNFIT)) {
  suite(`an authentic delivery with ${code}`, () => {
    test("is kept with its exact bytes, and answered 200", async () => {
      const kept = [];
      const { handled, handler } = receiver({ onUnfit: (...args) => void kept.push(args) });
      assert.deepEqual(await told(await handler(request({ payload }))), {
        status: 200,
        headers: { "content-type": "application/json" },
        body: { verdict: "kept", code },
      });
      const [[error, delivery, rawBody]] = kept;
      assert.ok(error instanceof WebhookError);
      assert.equal(error.code, code);
      assert.deepEqual([delivery.requestId, delivery.event], [REQUEST_ID, "CONVERSION_COMPLETED"]);
      assert.ok(rawBody instanceof Uint8Array);
      assert.deepEqual(Buffer.from(rawBody).toString(), JSON.stringify(payload));
      assert.deepEqual(handled, []);
    });

    test("is refused with 400 if keeping it fails, and the error is logged", async () => {
      const mine = new Error("disk full");
      const { handler } = receiver({ onUnfit: () => Promise.reject(mine) });
      const said = await saidDuring(async () => {
        const { status, body } = await told(await handler(request({ payload })));
        assert.deepEqual([status, body.code], [400, code]);
      });
      assert.equal(said.length, 2);
      assert.match(said[0][0], new RegExp(`authentic delivery ${REQUEST_ID} does not fit: ${code}: `));
      assert.equal(said[1].at(-1), mine);
    });
  });
}

suite("onUnfit", () => {
  test("gets bytes that are not UTF-8 unchanged", async () => {
    const bytes = Uint8Array.of(0xff, 0x7b, 0x00, 0x7d);
    const kept = [];
    const { handler } = receiver({ onUnfit: (_, __, rawBody) => void kept.push(rawBody) });
    assert.equal((await handler(request({ payload: bytes }))).status, 200);
    assert.deepEqual(kept, [bytes]);
  });

  test("may change the error without changing the answer and the record", async () => {
    const records = [];
    const { handler } = receiver({
      onUnfit: (error) => void Object.assign(error, { code: "unknown", field: "mine", message: "mine" }),
      onDelivery: (record) => void records.push(record),
    });
    await saidDuring(async () => {
      const { status, body } = await told(await handler(request({ payload: "[]" })));
      assert.deepEqual([status, body], [200, { verdict: "kept", code: "malformed_payload" }]);
    });
    assert.deepEqual([records[0].error.code, records[0].error.field], ["malformed_payload", undefined]);
  });
});
