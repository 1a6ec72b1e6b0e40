// A handler that cannot use the payload throws UnfitPayload. tests/cases/receiver tests it with a store.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { UnfitPayload, WebhookError } from "docutray-webhook";
import { completed, REQUEST_ID } from "./delivery.mjs";
import { receiver, request, saidDuring, told } from "./receiving.mjs";

const unfit = () => new UnfitPayload({ field: "data.total", expected: "the sum of the lines" });

function refusing(options) {
  return receiver({
    handle: () => {
      throw unfit();
    },
    ...options,
  });
}

suite("UnfitPayload", () => {
  test("is a WebhookError with the code of a payload that cannot be read", () => {
    const error = unfit();
    assert.ok(error instanceof WebhookError);
    assert.deepEqual([error.code, error.field, error.status, error.name], ["malformed_payload", "data.total", 400, "UnfitPayload"]);
    assert.match(error.message, /^malformed_payload: data\.total has to be the sum of the lines, but is something else\. The signatures/);
    assert.equal(error.finding, "data.total has to be the sum of the lines, but is something else.");
  });

  test("about the whole payload names no field", () => {
    const error = new UnfitPayload({ expected: "an invoice" });
    assert.equal(error.field, undefined);
    assert.equal(error.finding, "the payload has to be an invoice, but is something else.");
  });
});

suite("an event whose handler throws UnfitPayload", () => {
  test("is kept with its bytes, and answered 200", async () => {
    const kept = [];
    const { handler } = refusing({ onUnfit: (...args) => void kept.push(args) });
    const payload = ` ${JSON.stringify(completed({ original_filename: "ñ\u{1f600}.pdf" }))}\n`;
    await saidDuring(async () => {
      const { status, body } = await told(await handler(request({ payload })));
      assert.deepEqual([status, body], [200, { verdict: "kept", code: "malformed_payload" }]);
    });
    const [[error, delivery, rawBody]] = kept;
    assert.deepEqual([error.code, error.field], ["malformed_payload", "data.total"]);
    assert.deepEqual([delivery.requestId, delivery.event], [REQUEST_ID, "CONVERSION_COMPLETED"]);
    assert.deepEqual(Buffer.from(rawBody).toString(), payload);
  });

  test("is answered 400 without onUnfit, and the log names the reason and the delivery", async () => {
    const { handler } = refusing();
    const said = await saidDuring(async () => {
      const { status, body } = await told(await handler(request()));
      const { detail, title, ...rest } = body;
      assert.equal(detail, "data.total has to be the sum of the lines, but is something else.");
      assert.ok(title);
      assert.deepEqual([status, rest], [400, { status: 400, code: "malformed_payload", field: "data.total" }]);
    });
    assert.equal(said.length, 1);
    assert.match(said[0].join(" "), new RegExp(`authentic delivery ${REQUEST_ID} does not fit: malformed_payload: data.total`));
  });

  test("is handled again when it is sent again", async () => {
    const { handled, handler } = refusing({ onUnfit() {} });
    await saidDuring(async () => {
      await handler(request());
      await handler(request());
    });
    assert.deepEqual(handled.map(({ lease }) => lease.seenBefore), [false, true]);
  });

  test("is in the record with its error", async () => {
    const records = [];
    const { handler } = refusing({ onUnfit() {}, onDelivery: (record) => void records.push(record) });
    await saidDuring(() => handler(request()));
    const [{ verdict, code, key, error }] = records;
    assert.deepEqual([verdict, code, key], ["kept", "malformed_payload", "CONVERSION_COMPLETED:conv_1"]);
    assert.deepEqual([error.code, error.field], ["malformed_payload", "data.total"]);
  });

  test("is kept as received even if the handler has changed it", async () => {
    const kept = [];
    const handle = (event) => {
      event.delivery = undefined;
      event.payload = {};
      throw unfit();
    };
    const { handler } = receiver({ handle, onUnfit: (...args) => void kept.push(args) });
    await saidDuring(() => handler(request()));
    assert.equal(kept[0][1].requestId, REQUEST_ID);
    assert.deepEqual(JSON.parse(Buffer.from(kept[0][2])), completed());
  });

  test("any other error of a handler is answered 500, even a WebhookError from another webhook", async () => {
    const other = new WebhookError({ code: "malformed_payload", field: "id", status: 400, message: "of another webhook" });
    const kept = [];
    const { handler } = receiver({ handle: () => Promise.reject(other), onUnfit: (...args) => void kept.push(args) });
    await saidDuring(async () => assert.equal((await handler(request())).status, 500));
    assert.deepEqual(kept, []);
  });
});
