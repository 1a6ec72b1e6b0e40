import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { delivery, NOW, SECRET, URL } from "./delivery.mjs";
import { collectGarbage, instanceBytes, Verifier } from "./instance.mjs";

const options = { secret: SECRET, url: URL };
const { headers, body } = delivery();

suite("a verifier that is freed", () => {
  const over = { name: "Error", message: /this Verifier was freed/ };

  test("says so when it is used", async () => {
    const verifier = new Verifier(options);
    verifier.free();
    verifier.free();
    assert.throws(() => verifier.verify(headers, body, NOW), over);
    assert.throws(() => verifier.verify(headers, Buffer.from(body), NOW), over);
    assert.throws(() => verifier.authorize(headers, NOW), over);
    assert.throws(() => verifier.begin(headers, NOW), over);
    await assert.rejects(verifier.verifyRequest(new Request("http://localhost", { headers }), NOW), over);
  });

  test("is freed at the end of its block, with `using`", () => {
    const verifier = new Verifier(options);
    verifier[Symbol.dispose]();
    assert.throws(() => verifier.authorize(headers, NOW), over);
  });

  test("does not affect others", () => {
    const [one, other] = [new Verifier(options), new Verifier(options)];
    one.free();
    assert.equal(other.verify(headers, body, NOW).id, "conv_1");
  });
});

test("a refused request releases its memory at once", async () => {
  const verifier = new Verifier({ ...options, maxBody: 1_500_000 });
  const refuse = () => {
    const request = new Request("http://localhost", { method: "POST", headers, body: twoMegabytes(), duplex: "half" });
    return assert.rejects(verifier.verifyRequest(request, NOW), { code: "body_too_large" });
  };
  await refuse();
  const settled = instanceBytes();
  for (let index = 0; index < 20; index++) {
    await refuse();
  }
  assert.equal(instanceBytes(), settled);
});

function twoMegabytes() {
  const chunks = [new Uint8Array(1_000_000), new Uint8Array(1_000_000)];
  return new ReadableStream({ pull: (controller) => controller.enqueue(chunks.pop()) }, { highWaterMark: 0 });
}

/** Returns the growth of the instance in ten rounds, after three warm-up rounds. Collects garbage after each. */
async function growth(round) {
  let settled = 0;
  for (let index = 0; index < 13; index++) {
    round();
    // Twice, because finalisers run in a later turn than the collection that found them.
    collectGarbage();
    await turn();
    collectGarbage();
    await turn();
    if (index === 2) {
      settled = instanceBytes();
    }
  }
  return instanceBytes() - settled;
}

suite("garbage collection frees", () => {
  test("verifiers", async () => {
    const grown = await growth(() => {
      for (let index = 0; index < 2000; index++) {
        new Verifier(options);
      }
    });
    // If they were kept, they would take more than 10 MB.
    assert.ok(grown < 1_000_000, `${grown} bytes`);
  });

  test("abandoned checks", async () => {
    const verifier = new Verifier(options);
    const chunk = new Uint8Array(1_000_000);
    const grown = await growth(() => {
      for (let index = 0; index < 4; index++) {
        verifier.begin(headers, NOW).update(chunk);
      }
    });
    // If they were kept, they would take 40 MB.
    assert.ok(grown < 10_000_000, `${grown} bytes`);
  });
});
