// Promise: a secret is in the instance's memory only while its keys are prepared, and the keys only until they are freed.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { delivery, NOW, URL } from "./delivery.mjs";
import { holds, Verifier } from "./instance.mjs";
import { compress, INITIAL } from "./sha256.mjs";

const secrets = {
  "of ASCII": "whsec_0f1e2d3c4b5a69788796a5b4c3d2e1f0",
  "beyond ASCII": "whsec_ñ€😀_0f1e2d3c4b5a69788796a5b4c3d2",
  "longer than a block of SHA-256": `whsec_${"0f1e2d3c4b5a6978".repeat(8)}`,
};

/** Returns the key's block XORed with HMAC's two pads (RFC 2104), as far as the key reaches. */
function pads(secret) {
  const key = Buffer.from(secret);
  return [0x36, 0x5c].map((pad) => Buffer.from(key.map((byte) => byte ^ pad)).subarray(0, 64));
}

/** Returns the SHA-256 states after hashing the pads. Whoever has them can sign. */
function states(secret) {
  const key = Buffer.from(secret);
  return [0x36, 0x5c].map((pad) => {
    const block = Buffer.alloc(64, pad);
    key.forEach((byte, index) => (block[index] = byte ^ pad));
    return Buffer.from(Uint32Array.from(compress(INITIAL, block)).buffer);
  });
}

function isWiped(secret) {
  assert.ok(!holds(Buffer.from(secret)), "the secret");
  for (const pad of pads(secret)) {
    assert.ok(!holds(pad), "a pad of the secret");
  }
}

function hasNoKeys(secret) {
  for (const state of states(secret)) {
    assert.ok(!holds(state), "a prepared key");
  }
}

for (const [kind, secret] of Object.entries(secrets)) {
  suite(`a secret ${kind}`, () => {
    const { headers, body } = delivery({ secret });
    const isShort = Buffer.byteLength(secret) <= 64;

    test("is wiped when the verifier is made, and its keys when it is freed", () => {
      const verifier = new Verifier({ secret: ["another", secret], url: URL });
      isWiped(secret);
      if (isShort) {
        assert.ok(states(secret).every(holds), "the keys are where this test looks for them");
      }
      assert.equal(verifier.verify(headers, body, NOW).id, "conv_1");
      assert.throws(() => verifier.verify(headers, `${body} `, NOW), { code: "signature_mismatch" });
      isWiped(secret);
      verifier.free();
      isWiped(secret);
      if (isShort) {
        hasNoKeys(secret);
      }
    });

    test("is wiped if the options are refused", () => {
      for (const wrong of [{ url: "example.com" }, { url: URL, tolerance: 0 }, { url: URL, maxBody: -1 }, { url: URL, tolerence: 1 }]) {
        assert.throws(() => new Verifier({ secret, ...wrong }), { code: "invalid_config" });
        isWiped(secret);
        if (isShort) {
          hasNoKeys(secret);
        }
      }
    });
  });
}
