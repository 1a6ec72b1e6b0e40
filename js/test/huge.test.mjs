import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { completed, delivery, NOW, SECRET, URL } from "./delivery.mjs";
import { instanceBytes, Verifier, WebhookError } from "./instance.mjs";

const MIB = 1024 * 1024;
const { headers, body } = delivery();

function refused(call, code) {
  const before = instanceBytes();
  assert.throws(call, (error) => error instanceof WebhookError && error.code === code);
  return instanceBytes() - before;
}

suite("a body over the limit is refused without being copied", () => {
  const verifier = new Verifier({ secret: SECRET, url: URL, maxBody: MIB });
  const bodies = {
    "64 MiB of bytes": () => new Uint8Array(64 * MIB),
    "64 Mi characters": () => "x".repeat(64 * MIB),
    // Truncated to 32 bits, its length would be 0.
    "4 GiB of bytes": () => new Uint8Array(2 ** 32),
  };
  for (const [name, body] of Object.entries(bodies)) {
    test(name, () => {
      const large = body();
      const grown =
        refused(() => verifier.verify(headers, large, NOW), "body_too_large") +
        refused(() => verifier.begin(headers, NOW).update(large), "body_too_large");
      assert.equal(grown, 0);
      assert.equal(verifier.verify(headers, delivery().body, NOW).id, "conv_1");
    });
  }

  test("text is not even encoded", (context) => {
    const encode = context.mock.method(TextEncoder.prototype, "encode");
    refused(() => verifier.verify(headers, "x".repeat(MIB + 1), NOW), "body_too_large");
    assert.equal(encode.mock.callCount(), 0);
  });

  test("a large body with bad headers is not read", () => {
    const largest = new Verifier({ secret: SECRET, url: URL, maxBody: 256 * MIB });
    const grown = refused(() => largest.verify({}, new Uint8Array(64 * MIB), NOW), "missing_header");
    assert.equal(grown, 0);
  });
});

test("a body that does not fit into memory is refused, and the instance keeps working", () => {
  const largest = new Verifier({ secret: SECRET, url: URL, maxBody: 256 * MIB });
  refused(() => largest.verify(headers, new Uint8Array(2 ** 32), NOW), "body_too_large");
  assert.equal(largest.verify(headers, body, NOW).id, "conv_1");
});

test("a body at the limit passes", () => {
  const large = delivery({ payload: completed({ data: { text: "x".repeat(5 * MIB) } }) });
  const bytes = Buffer.from(large.body);
  const exact = new Verifier({ secret: SECRET, url: URL, maxBody: bytes.length });
  assert.equal(exact.verify(large.headers, bytes, NOW).payload.data.text.length, 5 * MIB);
  const short = new Verifier({ secret: SECRET, url: URL, maxBody: bytes.length - 1 });
  refused(() => short.verify(large.headers, bytes, NOW), "body_too_large");
});

test("headers of 1 MB make the instance grow only once", () => {
  const verifier = new Verifier({ secret: SECRET, url: URL });
  const bad = { ...headers, "x-docutray-signature": "é".repeat(MIB) };
  refused(() => verifier.verify(bad, body, NOW), "malformed_header");
  for (let index = 0; index < 50; index++) {
    assert.equal(refused(() => verifier.verify(bad, body, NOW), "malformed_header"), 0);
  }
  assert.equal(verifier.verify(headers, body, NOW).id, "conv_1");
});

test("JSON of 100,000 levels is refused without recursion", () => {
  const verifier = new Verifier({ secret: SECRET, url: URL });
  for (const [open, close] of [["[", "]"], ['{"a":', "}"]]) {
    const data = `${open.repeat(100_000)}1${close.repeat(100_000)}`;
    const deep = delivery({ payload: JSON.stringify(completed()).replace('"data":{', `"deep":${data},"data":{`) });
    refused(() => verifier.verify(deep.headers, deep.body, NOW), "malformed_payload");
    refused(() => verifier.verify(deep.headers, deep.body.slice(0, 150_000), NOW), "signature_mismatch");
    assert.equal(verifier.verify(headers, body, NOW).id, "conv_1");
  }
});
