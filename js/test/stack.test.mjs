// Promise: the deepest path through the core leaves much of the WebAssembly instance's stack unused.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, test } from "node:test";
import { completed, delivery, NOW, SECRET, URL } from "./delivery.mjs";
import { memories, Verifier, WebhookError } from "./instance.mjs";

const KIB = 1024;
/** As in `js/module/build.rs`. Memory begins with the stack, which grows towards address 0. An overflow traps. */
const STACK = 64 * KIB;
/** How much of the stack the deepest path must leave. */
const SPARE = 16 * KIB;
const UNTOUCHED = 0xa5;

let deepest = 0;

/** Fills the stack with a pattern. Between two calls, it is empty. */
function paint() {
  new Uint8Array(memories.at(-1).buffer, 0, STACK).fill(UNTOUCHED);
}

/** Returns how many bytes of the stack a call has used. */
function used(call) {
  new Verifier({ secret: SECRET, url: URL }).free();
  paint();
  const memory = memories.at(-1);
  call();
  assert.equal(memory, memories.at(-1), "the instance was lost");
  const stack = new Uint8Array(memory.buffer, 0, STACK);
  const lowest = stack.findIndex((byte) => byte !== UNTOUCHED);
  return lowest < 0 ? 0 : STACK - lowest;
}

function refused(call, code) {
  assert.throws(call, (error) => error instanceof WebhookError && error.code === code);
}

const verifier = new Verifier({ secret: SECRET, url: URL, maxBody: 64 * KIB * KIB });
const verify = ({ headers, body }) => verifier.verify(headers, body, NOW);
const padded = ({ headers, body }) => ({
  body,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, `${value}${" ".repeat(16 * KIB)}`])),
});
const nested = (levels, payload = completed()) =>
  JSON.stringify(payload).replace("{", `{"deep":${'{"a":['.repeat(levels / 2)}1${"]}".repeat(levels / 2)},`);
const keys = { secret: Array.from({ length: 8 }, (_, i) => `whsec_${i}`), url: Array.from({ length: 8 }, (_, i) => `${URL}/${i}`) };

const PATHS = {
  "a usual delivery": () => verify(delivery()),
  "headers of 16 KB each": () => verify(padded(delivery())),
  "128 levels": () => verify(delivery({ payload: nested(126) })),
  "more levels than there may be": () => refused(() => verify(delivery({ payload: nested(100_000) })), "malformed_payload"),
  "16 MiB of [": () => refused(() => verify(delivery({ payload: "[".repeat(16 * KIB * KIB) })), "malformed_payload"),
  "an object of 16 MiB of [": () =>
    refused(() => verify(delivery({ payload: `{"a":${"[".repeat(16 * KIB * KIB)}` })), "malformed_payload"),
  "an unknown event": () => verify(delivery({ event: "A".repeat(64), payload: nested(126, { a: 1 }) })),
  "every event": () => {
    const families = { CONVERSION: "conversion_id", IDENTIFICATION: "identification_id", STEP: "step_execution_id" };
    for (const [family, id] of Object.entries(families)) {
      for (const [kind, status] of [["STARTED", "PROCESSING"], ["COMPLETED", "SUCCESS"], ["FAILED", "ERROR"]]) {
        const payload = { [id]: "i_1", status, confidence: 1.5e-300, alternatives: [{ code: 1 }], error: "e" };
        try {
          verify(delivery({ event: `${family}_${kind}`, payload }));
        } catch (error) {
          assert.ok(error instanceof WebhookError, error);
        }
      }
    }
  },
  "8 secrets and 8 URLs, of which the last fit": () => {
    const { headers, body } = delivery({ secret: keys.secret[7], url: keys.url[7] });
    const many = new Verifier(keys);
    many.verify(headers, body, NOW);
    refused(() => many.verify(headers, `${body} `, NOW), "signature_mismatch");
    refused(() => many.verify({ ...headers, "x-docutray-event": "A" }, body, NOW), "auth_signature_mismatch");
    many.free();
  },
  "options with everything wrong": () => {
    const wrong = { secret: Array(1000).fill(""), url: Array(1000).fill(" "), tolerance: NaN, maxBody: -1, tolerence: 1 };
    refused(() => new Verifier(wrong), "invalid_config");
    refused(() => new Verifier({ secret: [], url: [], tolerance: 1e300 }), "invalid_config");
  },
  "no headers, and others": () => {
    const { headers, body } = delivery();
    for (const name of Object.keys(headers)) {
      refused(() => verifier.verify({ ...headers, [name]: undefined }, body, NOW), "missing_header");
      refused(() => verifier.verify({ ...headers, [name]: "é" }, body, NOW), "malformed_header");
      refused(() => verifier.verify({ ...headers, [name]: ["a", "b"] }, body, NOW), "duplicate_header");
    }
    refused(() => verifier.verify(headers, body, 0), "timestamp_too_new");
    refused(() => verifier.authorize(headers, NOW + 1e6), "timestamp_too_old");
  },
};

for (const [path, take] of Object.entries(PATHS)) {
  test(`${path}: leaves much of the stack unused`, () => {
    const bytes = used(take);
    deepest = Math.max(deepest, bytes);
    assert.ok(bytes > 0, "the stack is where this test looks for it");
    assert.ok(bytes <= STACK - SPARE, `${bytes} bytes of ${STACK}`);
  });
}

test("the stack is first in memory and has the size that this test assumes", () => {
  const file = createRequire(import.meta.url).resolve("docutray-webhook/docutray_webhook.wasm");
  const { start, data } = layout(readFileSync(file));
  assert.equal(start, STACK);
  assert.ok(data >= STACK, `the data begin at ${data}`);
});

after(() => console.log(`the deepest path takes ${deepest} of ${STACK} bytes of stack`));

/** Returns where a module's stack begins, which is its first global, and the lowest address of its data (WebAssembly 2.0, 5.5). */
function layout(module) {
  let at = 8;
  const leb = (isSigned) => {
    let [value, shift, byte] = [0, 0, 0];
    do {
      byte = module[at++];
      value += (byte & 0x7f) * 2 ** shift;
      shift += 7;
    } while (byte & 0x80);
    return isSigned && byte & 0x40 ? value - 2 ** shift : value;
  };
  const constant = () => {
    assert.equal(module[at++], 0x41, "i32.const");
    const value = leb(true);
    assert.equal(module[at++], 0x0b, "end");
    return value;
  };
  const found = {};
  while (at < module.length) {
    const section = module[at++];
    const length = leb();
    const end = at + length;
    if (section === 6) {
      leb();
      at += 2;
      found.start = constant();
    } else if (section === 11) {
      const addresses = [];
      for (let left = leb(); left > 0; left--) {
        assert.equal(leb(), 0, "an active segment of the memory");
        addresses.push(constant());
        const length = leb();
        at += length;
      }
      found.data = Math.min(...addresses);
    }
    at = end;
  }
  return found;
}
