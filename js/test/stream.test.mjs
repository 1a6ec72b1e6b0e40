import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { Verifier } from "docutray-webhook";
import { completed, delivery, NOW, REQUEST_ID, SECRET, URL } from "./delivery.mjs";
import { mistakes, refuses } from "./refusal.mjs";

const verifier = new Verifier({ secret: SECRET, url: URL, maxBody: 1000 });
const { headers, body } = delivery({ payload: completed({ data: { name: "Łódź" } }) });
const bytes = Buffer.from(body);

test("chunks may have any size", () => {
  const whole = verifier.verify(headers, body, NOW);
  for (const size of [1, 2, 3, 7, bytes.length - 1, bytes.length]) {
    const check = verifier.begin(headers, NOW);
    for (let start = 0; start < bytes.length; start += size) {
      check.update(bytes.subarray(start, start + size));
      check.update(new Uint8Array());
    }
    assert.deepEqual(check.finish(), whole);
  }
});

test("the delivery is available before the body", () => {
  const check = verifier.begin(headers, NOW);
  assert.deepEqual(check.delivery, {
    requestId: REQUEST_ID,
    timestamp: NOW,
    event: "CONVERSION_COMPLETED",
    metadataAuthenticated: true,
  });
});

test("a body without chunks is empty", () => {
  refuses(() => verifier.begin(headers, NOW).finish(), "signature_mismatch", "x-docutray-signature");
});

test("over the limit every further call is refused", () => {
  const check = verifier.begin(headers, NOW);
  check.update(bytes);
  refuses(() => check.update(new Uint8Array(1001 - bytes.length)), "body_too_large");
  refuses(() => check.update(new Uint8Array()), "body_too_large");
  refuses(() => check.finish(), "body_too_large");
});

test("text counts as its UTF-8 bytes towards the limit", () => {
  const check = verifier.begin(headers, NOW);
  check.update("ł".repeat(500));
  refuses(() => check.update("."), "body_too_large");
});

test("concurrent checks do not affect one another", () => {
  const checks = Array.from({ length: 50 }, () => verifier.begin(headers, NOW));
  for (const byte of bytes) {
    for (const check of checks) {
      check.update(Uint8Array.of(byte));
    }
  }
  for (const check of checks) {
    assert.equal(check.finish().id, "conv_1");
  }
});

suite("a call to a check that is over throws", () => {
  const over = /this BodyCheck is finished or freed/;
  const unusable = (check) => {
    assert.throws(() => check.update(bytes), { name: "Error", message: over });
    assert.throws(() => check.finish(), { name: "Error", message: over });
    check.free();
  };

  test("after finish", () => {
    const check = verifier.begin(headers, NOW);
    check.update(bytes);
    check.finish();
    unusable(check);
    assert.equal(check.delivery.requestId, REQUEST_ID);
  });

  test("after a finish that threw", () => {
    const check = verifier.begin(headers, NOW);
    refuses(() => check.finish(), "signature_mismatch", "x-docutray-signature");
    unusable(check);
  });

  test("after free, and after a second free", () => {
    const check = verifier.begin(headers, NOW);
    check.free();
    check.free();
    unusable(check);
  });

  test("after its block, with `using`", () => {
    const check = verifier.begin(headers, NOW);
    check[Symbol.dispose]();
    unusable(check);
  });
});

test("a chunk of another type throws, and the check goes on", () => {
  const check = verifier.begin(headers, NOW);
  mistakes(() => check.update({}), /raw request body/);
  check.update(bytes);
  assert.equal(check.finish().id, "conv_1");
});

test("a check outlives the verifier that began it", () => {
  const short = new Verifier({ secret: SECRET, url: URL });
  const check = short.begin(headers, NOW);
  short.free();
  check.update(bytes);
  assert.equal(check.finish().id, "conv_1");
});
