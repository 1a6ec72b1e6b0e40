// Promise: a delivery takes one call of the WebAssembly instance, a large one two.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { calledDuring, Verifier } from "./counted.mjs";
import { completed, delivery, NOW, SECRET, URL } from "./delivery.mjs";

const KIB = 1024;
const verifier = new Verifier({ secret: SECRET, url: URL });

/** Makes sure that the instance has its buffer. */
function warm() {
  const { headers, body } = delivery();
  verifier.verify(headers, body, NOW);
}

function sized(bytes, character = "x") {
  const text = character.repeat(bytes / Buffer.byteLength(character));
  return delivery({ payload: completed({ data: { text } }) });
}

function verified({ headers, body }) {
  warm();
  return calledDuring(() => verifier.verify(headers, body, NOW).payload);
}

suite("a delivery whose payload is read", () => {
  for (const [size, bytes] of [["1 KB", KIB], ["64 KB", 60 * KIB]]) {
    test(`of ${size} takes one call, whatever the form of its body`, () => {
      const { headers, body } = sized(bytes);
      const buffer = Buffer.from(body);
      for (const one of [body, buffer, new Uint8Array(buffer).buffer]) {
        assert.deepEqual(verified({ headers, body: one }), ["check"]);
      }
      assert.deepEqual(verified(sized(bytes, "€")), ["check"]);
    });
  }

  test("of 1 MB takes two: its length is checked before it is copied", () => {
    const { headers, body } = sized(KIB * KIB);
    assert.deepEqual(verified({ headers, body: Buffer.from(body) }), ["begin", "check"]);
    assert.deepEqual(verified({ headers, body }), ["begin", "check"]);
  });

  test("of short text with many bytes takes two: the buffer is enlarged", () => {
    assert.deepEqual(verified(sized(190 * KIB, "€")), ["room", "check"]);
  });

  test("of 1 KB takes one call even after one of 1 MB", () => {
    const large = sized(KIB * KIB);
    verifier.verify(large.headers, large.body, NOW);
    const small = sized(KIB);
    assert.deepEqual(calledDuring(() => verifier.verify(small.headers, small.body, NOW)), ["check"]);
  });
});

test("a refusal takes one call, too", () => {
  const { headers, body } = delivery();
  warm();
  const refused = () => assert.throws(() => verifier.verify(headers, `${body} `, NOW), { code: "signature_mismatch" });
  assert.deepEqual(calledDuring(refused), ["check"]);
});

test("an authorization takes one call", () => {
  const { headers } = delivery();
  warm();
  assert.deepEqual(calledDuring(() => verifier.authorize(headers, NOW)), ["authorize"]);
});

test("a body in chunks takes two calls and one for each chunk", () => {
  const { headers, body } = delivery();
  warm();
  const chunks = [Buffer.from(body.slice(0, 10)), Buffer.from(body.slice(10))];
  const arrived = calledDuring(() => {
    const check = verifier.begin(headers, NOW);
    chunks.forEach((chunk) => check.update(chunk));
    check.finish();
  });
  // The length of each chunk, and finally that of the whole body.
  const admitted = arrived.filter((name) => name === "admitLength");
  assert.deepEqual(arrived, ["begin", ...admitted, "check"]);
  assert.ok(admitted.length <= 2 * chunks.length + 1, `${admitted.length}`);
});

suite("a getter of the caller's headers", () => {
  const { headers, body } = delivery();

  test("may call the verifier again", () => {
    const other = sized(70 * KIB);
    const nested = Object.defineProperty({ ...headers }, "x-docutray-event", {
      enumerable: true,
      get() {
        assert.equal(verifier.verify(other.headers, other.body, NOW).id, "conv_1");
        assert.throws(() => verifier.verify({}, body, NOW), { code: "missing_header" });
        return "CONVERSION_COMPLETED";
      },
    });
    assert.equal(verifier.verify(nested, body, NOW).raw, body);
    assert.equal(verifier.authorize(nested, NOW).event, "CONVERSION_COMPLETED");
  });

  test("may throw, and the next delivery passes", () => {
    const throwing = Object.defineProperty({ ...headers }, "x-docutray-event", {
      enumerable: true,
      get() {
        throw new RangeError("of the caller's own");
      },
    });
    warm();
    const called = calledDuring(() => assert.throws(() => verifier.verify(throwing, body, NOW), /of the caller's own/));
    assert.deepEqual(called, []);
    assert.equal(verifier.verify(headers, body, NOW).id, "conv_1");
  });
});
