import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { runInNewContext } from "node:vm";
import { Verifier } from "docutray-webhook";
import { completed, delivery, NOW, SECRET, URL } from "./delivery.mjs";
import { mistakes, refuses } from "./refusal.mjs";

const verifier = new Verifier({ secret: SECRET, url: URL });
const payload = completed({ data: { name: "Łódź 😀", line: "\u2028" } });
const { headers, body: text } = delivery({ payload });
const bytes = new TextEncoder().encode(text);
const verify = (body) => verifier.verify(headers, body, NOW);

/** Bytes with other properties of their own. */
function lying(bytes) {
  const lies = { buffer: new ArrayBuffer(0), byteOffset: 1e308, byteLength: -1, length: 7 };
  const properties = Object.entries(lies).map(([name, value]) => [name, { value }]);
  return Object.defineProperties(bytes.slice(), Object.fromEntries(properties));
}

class Loud extends Uint8Array {
  get length() {
    throw new Error("not to be asked");
  }
  subarray() {
    throw new Error("not to be called");
  }
}

suite("a body is accepted in every form that hosts have", () => {
  const padded = new Uint8Array(bytes.length + 20);
  padded.set(bytes, 7);
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  const forms = {
    "a string": text,
    "a Uint8Array": bytes,
    "a Buffer": Buffer.from(text),
    "a part of a Buffer": Buffer.from(padded.buffer, 7, bytes.length),
    "a part of a Uint8Array": padded.subarray(7, 7 + bytes.length),
    "an ArrayBuffer": bytes.buffer.slice(0),
    "a Uint8Array on shared memory": shared,
    "a class that extends Uint8Array": new Loud(bytes.buffer),
    "a Uint8Array with other properties of its own": lying(bytes),
    "a Uint8Array of another realm": runInNewContext("Uint8Array.from(bytes)", { bytes: [...bytes] }),
    "an ArrayBuffer of another realm": runInNewContext("Uint8Array.from(bytes).buffer", { bytes: [...bytes] }),
  };
  for (const [form, body] of Object.entries(forms)) {
    test(form, () => {
      const event = verify(body);
      assert.deepEqual(event.payload, payload);
      assert.equal(event.raw, text);
    });
    test(`${form}, as the chunk of a stream`, () => {
      const check = verifier.begin(headers, NOW);
      check.update(body);
      assert.deepEqual(check.finish().payload, payload);
    });
  }
});

suite("the error for anything but a raw body says what to pass", () => {
  const tagged = { [Symbol.toStringTag]: "Uint8Array", length: 0 };
  const mistaken = [
    [payload, /but is an Object.*express\.raw\(\{ type: "application\/json" \}\)/],
    [undefined, /but is undefined/],
    [null, /but is null/],
    [7, /but is a number/],
    [[...bytes], /but is an Array/],
    [new Request("http://localhost"), /a Request.*await request\.arrayBuffer\(\)/],
    [new Blob([text]).stream(), /a ReadableStream.*verifier\.begin/],
    [new Blob([text]), /a Blob/],
    [Promise.resolve(text), /a Promise/],
    [new Uint16Array(4), /a Uint16Array/],
    [new DataView(bytes.buffer), /a DataView/],
    [new String(text), /a String/],
    [Object.create(null), /but is an object/],
    [JSON.parse('{"constructor":{"name":"Mine"}}'), /an Object/],
    [tagged, /an Object/],
    // It would be read as an array of 4 GiB.
    [{ [Symbol.toStringTag]: "ArrayBuffer", length: 2 ** 32 }, /an Object/],
  ];
  for (const [index, [body, message]] of mistaken.entries()) {
    test(`${index}: ${message}`, () => {
      mistakes(() => verify(body), message);
      mistakes(() => verifier.begin(headers, NOW).update(body), message);
      assert.equal(verify(bytes).id, "conv_1");
    });
  }

  test("text with a lone surrogate, which would be encoded as U+FFFD", () => {
    const replaced = delivery({ payload: JSON.stringify(completed({ data: { name: "\ufffd" } })) });
    for (const surrogate of ["\ud83d", "\ude00"]) {
      const body = replaced.body.replace("\ufffd", surrogate);
      mistakes(() => verifier.verify(replaced.headers, body, NOW), /lone surrogate/);
    }
  });
});

test("an escaped lone surrogate is valid text", () => {
  const escaped = delivery({ payload: JSON.stringify(completed({ data: { name: "\ud83d" } })) });
  assert.match(escaped.body, /"\\ud83d"/);
  assert.equal(verifier.verify(escaped.headers, escaped.body, NOW).payload.data.name, "\ud83d");
});

test("invalid UTF-8 is not accepted in place of a signed U+FFFD", () => {
  const signed = delivery({ payload: JSON.stringify(completed({ data: { name: "\ufffd" } })) });
  const altered = Buffer.from(signed.body.replace("\ufffd", "\x80"), "latin1");
  assert.equal(new TextDecoder().decode(altered), signed.body);
  refuses(() => verifier.verify(signed.headers, altered, NOW), "signature_mismatch", "x-docutray-signature");
});

test("changing the buffer afterwards does not change the event", () => {
  const body = Buffer.from(text);
  const event = verify(body);
  const check = verifier.begin(headers, NOW);
  const chunk = Buffer.from(text);
  check.update(chunk);
  body.fill(0x20);
  chunk.fill(0x20);
  assert.equal(event.raw, text);
  assert.deepEqual(event.payload, payload);
  assert.deepEqual(check.finish().payload, payload);
});

test("a detached buffer is a TypeError", () => {
  const buffer = bytes.buffer.slice(0);
  const view = new Uint8Array(buffer);
  structuredClone(buffer, { transfer: [buffer] });
  mistakes(() => verify(view), /detached/);
});

test("bytes that are not valid text are verified", () => {
  for (const payload of [[], [0xff], [0xef, 0xbb, 0xbf, 0x7b, 0x7d], [0], [0xed, 0xa0, 0x80]]) {
    const odd = delivery({ payload: Uint8Array.from(payload) });
    refuses(() => verifier.verify(odd.headers, odd.body, NOW), "malformed_payload", undefined);
    assert.equal(verify(bytes).id, "conv_1");
  }
});
