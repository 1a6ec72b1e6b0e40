// Plans for `values.mjs` and `deliveries.mjs`, drawn at random.
import fc from "fast-check";
import { ACTS, BODY_FORMS, CALLS, HEADER_CHANGES, HEADER_FORMS, PAYLOADS } from "./deliveries.mjs";
import { PLAIN_NAMES, TRAPS, TYPED_NAMES } from "./values.mjs";

const NAMES = [
  "x-docutray-event",
  "X-Docutray-Timestamp",
  "x-docutray-signature",
  "secret",
  "url",
  "tolerance",
  "maxBody",
  "headers",
  "body",
  "bodyUsed",
  "rawBody",
  "length",
  "byteLength",
  "byteOffset",
  "buffer",
  "constructor",
  "then",
  "next",
  "toString",
  "__proto__",
];
const TAGS = ["ArrayBuffer", "Uint8Array", "Headers", "SharedArrayBuffer", ""];

const record = (is, fields) => fc.record({ is: fc.constant(is), ...fields });
const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("", "\ud83d", "\udc00a", "a,b", " ", "sha256="));
const name = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...NAMES) }, { weight: 1, arbitrary: anyText });

/** A value of any kind. */
const { value } = fc.letrec((tie) => {
  const items = fc.array(tie("value"), { maxLength: 4 });
  const entries = fc.array(fc.tuple(name, tie("value")), { maxLength: 5 });
  const traps = fc.dictionary(fc.constantFrom(...TRAPS), fc.constantFrom("throws", "nothing"), { maxKeys: 3 });
  return {
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      record("plain", { name: fc.constantFrom(...PLAIN_NAMES) }),
      record("text", { text: anyText }),
      record("number", { number: fc.oneof(fc.integer(), fc.constantFrom(0, 1.5, -1, 1e308, 2 ** 40)) }),
      record("long", { text: fc.constantFrom("x", "é", "\ud83d"), times: fc.constantFrom(1000, 70_000, 300_000) }),
      record("typed", { name: fc.constantFrom(...TYPED_NAMES), length: fc.nat(64) }),
      record("array", { items }),
      record("object", { entries }),
      record("getters", { entries }),
      record("iterable", { items }),
      record("tagged", { tag: fc.constantFrom(...TAGS), entries }),
      record("lying", { entries }),
      record("named", { of: tie("value") }),
      record("proxy", { of: tie("value"), traps }),
    ),
  };
});

/** Arguments of any kind for any call. */
export const anything = fc.record({
  call: fc.constantFrom("new", "verify", "authorize", "update", "verifyRequest", "verifyNode"),
  headers: value,
  body: value,
  now: fc.oneof(fc.constant({ is: "plain", name: "undefined" }), value),
});

const change = fc.record({
  does: fc.constantFrom(...HEADER_CHANGES),
  which: fc.nat(4),
  text: fc.oneof(anyText, fc.constantFrom("0", "1705314600", "CONVERSION_COMPLETED")),
});
const act = fc.record({ at: fc.nat(12), does: fc.constantFrom(...ACTS) });

/** A delivery, the form in which it is passed, and what its getters do meanwhile. */
export const sameDelivery = fc.record({
  payload: fc.constantFrom(...PAYLOADS),
  changes: fc.array(change, { maxLength: 2 }),
  flips: fc.array(fc.nat(5000), { maxLength: 1 }),
  headers: fc.constantFrom(...HEADER_FORMS),
  body: fc.constantFrom(...BODY_FORMS),
  call: fc.constantFrom(...CALLS),
  cuts: fc.array(fc.nat(5000), { maxLength: 4 }),
  acts: fc.array(act, { maxLength: 3 }),
});

/** What uses up memory, in any order. */
export const pressure = fc.array(
  fc.record({
    does: fc.constantFrom("exhaust", "longId", "large", "largeRefused", "header", "begin", "make", "verify"),
    size: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(100, 7_000, 63_000, 70_000, 1_000_000) },
      { weight: 1, arbitrary: fc.constantFrom(16_000_000, 70_000_000) },
    ),
  }),
  { minLength: 1, maxLength: 6 },
);
