import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { runInNewContext } from "node:vm";
import { Verifier } from "docutray-webhook";
import { delivery, NOW, SECRET, URL } from "./delivery.mjs";
import { mistakes, refuses } from "./refusal.mjs";

const verifier = new Verifier({ secret: SECRET, url: URL });
const { headers: good, body } = delivery();
const verify = (headers) => verifier.verify(headers, body, NOW);

function* generated() {
  yield* Object.entries(good);
}

suite("headers are accepted in every shape that hosts have", () => {
  const shapes = {
    "an object, as Node's request.headers": good,
    "an object without a prototype": Object.assign(Object.create(null), good),
    "an object of arrays, as headersDistinct and multiValueHeaders": map(([name, value]) => [name, [value]]),
    "an object with names in capitals": map(([name, value]) => [name.toUpperCase(), value]),
    "an object with other headers of odd values": { ...good, cookie: undefined, age: 7, "set-cookie": [null] },
    "a Headers": new Headers(good),
    "pairs": Object.entries(good),
    "a Map": new Map(Object.entries(good)),
    "a Map of arrays": new Map(Object.entries(map(([name, value]) => [name, [value]]))),
    "a generator": generated(),
    "an iterator of a Headers": new Headers(good).entries(),
    "an object of another realm": runInNewContext(`(${JSON.stringify(good)})`),
    "pairs of another realm": runInNewContext(`Object.entries(${JSON.stringify(good)})`),
    "a Map of another realm": runInNewContext(`new Map(Object.entries(${JSON.stringify(good)}))`),
  };
  for (const [shape, headers] of Object.entries(shapes)) {
    test(shape, () => assert.equal(verify(headers).id, "conv_1"));
  }
});

suite("a repeated header is refused in every shape", () => {
  const name = "x-docutray-event";
  const twice = [good[name], good[name]];
  const joined = new Headers(good);
  joined.append(name, good[name]);
  const shapes = {
    "an array in an object": { ...good, [name]: twice },
    "two names that differ in case": { ...good, "X-Docutray-Event": good[name] },
    "two pairs": [...Object.entries(good), [name, good[name]]],
    "joined by a Headers": joined,
    "joined by Node": { ...good, [name]: twice.join(", ") },
    "a hundred thousand times": { ...good, [name]: Array(100_000).fill(good[name]) },
  };
  for (const [shape, headers] of Object.entries(shapes)) {
    test(shape, () => refuses(() => verify(headers), "duplicate_header", name));
  }
});

suite("an absent header is missing in every shape", () => {
  const name = "x-docutray-timestamp";
  const { [name]: _, ...rest } = good;
  const shapes = {
    "no property": rest,
    "undefined": { ...good, [name]: undefined },
    "an empty array": { ...good, [name]: [] },
    "inherited alone": Object.assign(Object.create({ [name]: good[name] }), rest),
  };
  for (const [shape, headers] of Object.entries(shapes)) {
    test(shape, () => refuses(() => verify(headers), "missing_header", name));
  }
  for (const headers of [{}, [], new Map(), new Headers()]) {
    test(`nothing at all, as ${headers.constructor.name}`, () => {
      refuses(() => verify(headers), "missing_header", "x-docutray-signature");
    });
  }
});

suite("any text in a header gets a verdict and no other error", () => {
  const odd = ["", "\0", "sha256=\0", "é".repeat(71), "\ud83d", "\udc00\ud800", "😀", "\r\nx-docutray-event: A"];
  const values = [...odd, "x".repeat(1_000_000)];
  for (const name of Object.keys(good)) {
    for (const value of values) {
      test(`${name}: ${JSON.stringify(value.slice(0, 20))}`, () => {
        refuses(() => verify({ ...good, [name]: value }), "malformed_header", name);
        assert.equal(verify(good).id, "conv_1");
      });
    }
  }
});

suite("the error for anything but headers says what to pass", () => {
  const spent = generated();
  [...spent];
  const mistaken = [
    [undefined, /but are undefined/],
    [null, /but are null/],
    ["x-docutray-event: A", /but are a string/],
    [7, /but are a number/],
    [() => good, /but are a function/],
    [Object.entries(good).flat(), /rawHeaders/],
    [new Set(["a"]), /flat list of strings/],
    [[{ name: "a", value: "b" }], /values that are not pairs/],
    [[[7, "b"]], /whose name is a number/],
    [spent, /an iterator that is used up/],
    [Promise.resolve(good), /a promise: await it/],
    [new Request("http://localhost", { headers: good }), /has headers: pass its \.headers/],
    [{ headers: good, body }, /has headers: pass its \.headers/],
    [{ ...good, "x-docutray-timestamp": NOW }, /the header x-docutray-timestamp has to be a string .* but is a number/],
    [{ ...good, "x-docutray-timestamp": null }, /but is null/],
    [{ ...good, "x-docutray-timestamp": [NOW] }, /but is a number/],
    [[["x-docutray-timestamp", NOW]], /but is a number/],
    [{ ...good, "x-docutray-event": "x".repeat(17 * 1024 * 1024) }, /17825792 characters/],
  ];
  for (const [index, [headers, message]] of mistaken.entries()) {
    test(`${index}: ${message}`, () => {
      for (const call of ["verify", "authorize", "begin"]) {
        const rest = call === "verify" ? [body, NOW] : [NOW];
        if (headers !== spent || call === "verify") {
          mistakes(() => verifier[call](headers, ...rest), message);
        }
      }
      assert.equal(verify(good).id, "conv_1");
    });
  }
});

test("every value is read once", () => {
  const reads = {};
  const counted = {};
  for (const [name, value] of Object.entries(good)) {
    reads[name] = 0;
    Object.defineProperty(counted, name, {
      enumerable: true,
      get() {
        reads[name] += 1;
        return reads[name] === 1 ? value : "another";
      },
    });
  }
  assert.equal(verify(counted).id, "conv_1");
  assert.deepEqual(Object.values(reads), [1, 1, 1, 1, 1]);
});

test("an error of the caller's own code passes through unchanged", () => {
  const mine = new RangeError("mine");
  const raise = () => {
    throw mine;
  };
  const raising = [
    Object.defineProperty({ ...good }, "x-docutray-event", { enumerable: true, get: raise }),
    { [Symbol.iterator]: raise },
    new Proxy(good, { ownKeys: raise }),
  ];
  for (const headers of raising) {
    assert.throws(() => verify(headers), (error) => error === mine);
    assert.equal(verify(good).id, "conv_1");
  }
});

test("a verifier may be called from within the headers of another call", () => {
  const nested = { ...good };
  let inner;
  Object.defineProperty(nested, "x-docutray-event", {
    enumerable: true,
    get() {
      inner = verify(good);
      return good["x-docutray-event"];
    },
  });
  assert.deepEqual(verify(nested), inner);
});

function map(change) {
  return Object.fromEntries(Object.entries(good).map(change));
}
