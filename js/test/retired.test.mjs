// Promise: no input ends the package. An instance that traps or has grown is replaced, and verifiers keep working.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { completed, delivery, NOW, SECRET, URL } from "./delivery.mjs";
import { exhaust, instanceBytes, memories, Verifier } from "./instance.mjs";

const MIB = 1024 * 1024;
const options = { secret: SECRET, url: URL, maxBody: 256 * MIB };
const { headers, body } = delivery();
const passes = (verifier) => assert.equal(verifier.verify(headers, body, NOW).id, "conv_1");

function large(bytes) {
  const { headers, body } = delivery({ payload: completed({ data: { text: "x".repeat(bytes) } }) });
  return { headers, body: Buffer.from(body) };
}

/** Returns a body of many small members, which a JSON parser might hold many times over. */
function crowded(bytes) {
  const members = `"":0,`.repeat(bytes / 5);
  const payload = JSON.stringify(completed()).replace("{", `{${members}`);
  return delivery({ payload: Buffer.from(payload) });
}

/** Returns a delivery whose id has this many bytes. The core builds the event's key from it in additional memory. */
function identified(bytes) {
  return delivery({ payload: completed({ conversion_id: "c".repeat(bytes) }) });
}

/** The longest id of a body that is checked in one call. A longer one would replace the instance first. */
const LONGEST_ID = 64 * 1024 - 1000;

/** Makes a new instance, which has no free memory from earlier calls. */
function renew(verifier) {
  exhaust();
  passes(verifier);
  passes(verifier);
}

/** Makes an instance trap by a failed allocation. Returns the delivery that caused it. */
function lose(verifier) {
  const delivery = identified(LONGEST_ID);
  renew(verifier);
  exhaust();
  assert.throws(() => verifier.verify(delivery.headers, delivery.body, NOW), {
    name: "InstanceLost",
    message: /the next call gets a new one/,
    cause: new WebAssembly.RuntimeError("unreachable"),
  });
  return delivery;
}

suite("an instance without memory is replaced", () => {
  test("and the delivery that ended it passes on its retry", () => {
    const verifier = new Verifier(options);
    const { headers, body } = lose(verifier);
    assert.equal(verifier.verify(headers, body, NOW).id.length, LONGEST_ID);
    assert.ok(instanceBytes() < 4 * MIB, `${instanceBytes()} bytes`);
  });

  test("wherever in a call its memory is used up", () => {
    const verifier = new Verifier(options);
    let lost = 0;
    for (let bytes = 7_000; bytes < LONGEST_ID; bytes += 8_000) {
      const { headers, body } = identified(bytes);
      renew(verifier);
      exhaust();
      try {
        assert.equal(verifier.verify(headers, body, NOW).id.length, bytes);
      } catch (error) {
        assert.equal(error.name, "InstanceLost", String(error));
        lost++;
      }
      passes(verifier);
    }
    assert.ok(lost > 0);
  });

  test("and arriving bodies continue", () => {
    const verifier = new Verifier(options);
    const one = verifier.begin(headers, NOW);
    one.update(body.slice(0, 10));
    lose(verifier);
    one.update(body.slice(10));
    assert.equal(one.finish().id, "conv_1");
  });

  test("and verifiers can be freed, used and made as before", () => {
    const [freed, kept] = [new Verifier(options), new Verifier(options)];
    lose(kept);
    freed.free();
    passes(kept);
    kept.free();
    passes(new Verifier(options));
  });

  test("again and again", () => {
    const verifier = new Verifier(options);
    for (let index = 0; index < 5; index++) {
      lose(verifier);
    }
    passes(verifier);
  });
});

suite("an instance that has grown is replaced after the call", () => {
  test("by a large body, and the next starts small", () => {
    const verifier = new Verifier(options);
    const { headers, body } = large(70 * MIB);
    const before = memories.length;
    assert.equal(verifier.verify(headers, body, NOW).id, "conv_1");
    passes(verifier);
    assert.equal(memories.length, before + 1);
    assert.ok(instanceBytes() < 4 * MIB, `${instanceBytes()} bytes`);
  });

  test("also if the body was refused", () => {
    const verifier = new Verifier(options);
    const { headers, body } = large(70 * MIB);
    body[20] ^= 1;
    assert.throws(() => verifier.verify(headers, body, NOW), { code: "signature_mismatch" });
    passes(verifier);
    assert.ok(instanceBytes() < 4 * MIB, `${instanceBytes()} bytes`);
  });

  test("but not by bodies of the default limit", () => {
    const verifier = new Verifier(options);
    passes(verifier);
    const before = memories.length;
    for (const { headers, body } of [large(15 * MIB), crowded(15 * MIB)]) {
      verifier.verify(headers, body, NOW);
      passes(verifier);
    }
    assert.equal(memories.length, before);
  });
});

test("a body is in the instance only once, even one of many small members", () => {
  const verifier = new Verifier(options);
  for (const make of [large, crowded]) {
    const { headers, body } = make(20 * MIB);
    const start = instanceBytes();
    const memory = memories.at(-1);
    assert.equal(verifier.verify(headers, body, NOW).id, "conv_1");
    const grown = memory.buffer.byteLength - start;
    assert.ok(grown < 1.1 * body.length, `${make.name}: ${grown} bytes for ${body.length}`);
  }
});

test("an announced length reserves no memory", () => {
  const verifier = new Verifier(options);
  passes(verifier);
  const before = instanceBytes();
  const checks = Array.from({ length: 10_000 }, () => {
    const check = verifier.begin(headers, NOW);
    check.expectLength(256 * MIB);
    return check;
  });
  assert.equal(instanceBytes(), before);
  assert.equal(checks.length, 10_000);
});

test("changing the caller's bytes afterwards does not change the event", () => {
  const verifier = new Verifier(options);
  const bytes = Buffer.from(body);
  const check = verifier.begin(headers, NOW);
  check.update(bytes);
  const event = verifier.verify(headers, bytes, NOW);
  bytes.fill(0);
  assert.equal(event.raw, body);
  assert.equal(check.finish().raw, body);
});
