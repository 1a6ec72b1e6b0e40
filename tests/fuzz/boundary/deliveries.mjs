// Deliveries in every form in which a caller may pass them. Whatever the form, the verdict is that of a plain copy.
import { runInNewContext } from "node:vm";
import { completed, delivery, NOW, SECRET, URL } from "./delivery.mjs";

export const HEADER_CHANGES = ["set", "drop", "repeat", "upper", "space", "undefined"];
export const CALLS = ["verify", "authorize", "stream"];

const payloads = {
  genuine: completed,
  sixtyFour: () => completed({ data: { text: "x".repeat(66_000) } }),
  euros: () => completed({ data: { text: "€".repeat(50_000) } }),
  large: () => completed({ data: { text: "x".repeat(400_000) } }),
  unfit: () => completed({ status: "PROCESSING" }),
  array: () => [1],
  surrogate: () => `{"conversion_id":"\\ud83d"}`,
};
export const PAYLOADS = Object.keys(payloads);

/** Returns the headers as pairs, and the body as bytes. */
export function signed({ payload, changes, flips }) {
  const { headers, body } = delivery({ payload: payloads[payload]() });
  const bytes = new Uint8Array(Buffer.from(body));
  for (const flip of flips) {
    bytes[flip % bytes.length] ^= 1 << flip % 8;
  }
  const pairs = Object.entries(headers);
  for (const { does, which, text } of changes) {
    const pair = pairs[which % Math.max(1, pairs.length)];
    if (pair !== undefined) {
      changed[does](pairs, pair, text);
    }
  }
  return { pairs, bytes };
}

const changed = {
  set: (_, pair, text) => (pair[1] = text),
  drop: (pairs, pair) => pairs.splice(pairs.indexOf(pair), 1),
  repeat: (pairs, pair, text) => pairs.push([pair[0], text]),
  upper: (_, pair) => (pair[0] = pair[0].toUpperCase()),
  space: (_, pair) => (pair[1] = ` \t${pair[1]} `),
  undefined: (_, pair) => (pair[1] = undefined),
};

/** Groups values by their names, in the form of Node's `headersDistinct`. */
function grouped(pairs) {
  const object = {};
  for (const [name, value] of pairs) {
    const before = object[name];
    object[name] = before === undefined ? value : [before, value].flat();
  }
  return object;
}

/** Each gets the pairs, and `read`, which is called at each read of a value. */
const headerForms = {
  object: grouped,
  noPrototype: (pairs) => Object.assign(Object.create(null), grouped(pairs)),
  getters: (pairs, read) => withGetters(grouped(pairs), read),
  proxy: (pairs, read) =>
    new Proxy(grouped(pairs), {
      get: (target, name) => (name === Symbol.iterator || read(), target[name]),
      has: (target, name) => (read(), name in target),
      ownKeys: (target) => (read(), Reflect.ownKeys(target)),
    }),
  pairs: (pairs) => pairs,
  readPairs: (pairs, read) => pairs.map((pair) => new Proxy(pair, { get: (target, name) => (read(), target[name]) })),
  generator: (pairs, read) => generated(pairs, read),
  map: (pairs) => new Map(Object.entries(grouped(pairs))),
  realm: (pairs) => runInNewContext("JSON.parse(text)", { text: JSON.stringify(grouped(pairs)) }),
};
export const HEADER_FORMS = Object.keys(headerForms);

function withGetters(object, read) {
  const target = {};
  for (const [name, value] of Object.entries(object)) {
    let isRead = false;
    const get = () => {
      read();
      // A second read would get another value.
      return isRead ? "another value" : ((isRead = true), value);
    };
    Object.defineProperty(target, name, { get, enumerable: true });
  }
  return target;
}

function* generated(pairs, read) {
  for (const pair of pairs) {
    read();
    yield pair;
  }
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
class OwnBytes extends Uint8Array {}

function within(buffer, bytes) {
  const view = new Uint8Array(buffer, 3, bytes.length);
  view.set(bytes);
  return view;
}

const bodyForms = {
  bytes: (bytes) => bytes.slice(),
  buffer: (bytes) => Buffer.from(bytes),
  arrayBuffer: (bytes) => bytes.slice().buffer,
  offset: (bytes) => within(new ArrayBuffer(bytes.length + 8), bytes),
  shared: (bytes) => within(new SharedArrayBuffer(bytes.length + 8), bytes),
  resizable: (bytes) => within(new ArrayBuffer(bytes.length + 8, { maxByteLength: 2 * bytes.length + 8 }), bytes),
  resizableBuffer: (bytes) => {
    const buffer = new ArrayBuffer(bytes.length, { maxByteLength: 2 * bytes.length + 8 });
    new Uint8Array(buffer).set(bytes);
    return buffer;
  },
  subclass: (bytes) => OwnBytes.from(bytes),
  realm: (bytes) => runInNewContext("Uint8Array.from(bytes)", { bytes }),
  text: (bytes) => {
    try {
      return decoder.decode(bytes);
    } catch {
      return bytes;
    }
  },
};
export const BODY_FORMS = Object.keys(bodyForms);

/** What a getter does with the verifier while a delivery is read. */
const acts = {
  verify: ({ verifier, genuine }) => verifier.verify(genuine.headers, genuine.body, NOW),
  refused: ({ verifier, genuine }) => refused(() => verifier.verify(genuine.headers, `${genuine.body} `, NOW)),
  authorize: ({ verifier, genuine }) => verifier.authorize(genuine.headers, NOW),
  large: ({ verifier }) => refused(() => verifier.verify(delivery().headers, new Uint8Array(300_000), NOW)),
  header: ({ verifier, genuine }) =>
    refused(() => verifier.verify({ ...genuine.headers, "x-docutray-event": "É".repeat(100_000) }, "", NOW)),
  make: ({ Verifier }) => new Verifier({ secret: SECRET, url: URL }).free(),
  misconfigure: ({ Verifier }) => refused(() => new Verifier({ secret: "", url: "nowhere" })),
  begin: ({ verifier, genuine }) => verifier.begin(genuine.headers, NOW).update("x"),
};
export const ACTS = Object.keys(acts);

function refused(call) {
  try {
    call();
  } catch {
    // It does not matter here which error it is.
  }
}

/** Returns the headers and the body in the plan's forms. Reads of the headers do what the plan says. */
export function formed(plan, { pairs, bytes }, world) {
  let reads = 0;
  const read = () => {
    const now = reads++;
    plan.acts.filter(({ at }) => at === now).forEach(({ does }) => acts[does](world));
  };
  return { headers: headerForms[plan.headers](pairs, read), body: bodyForms[plan.body](bytes) };
}

/** Passes a delivery to the plan's call. */
export function called({ call, cuts }, verifier, headers, body) {
  if (call === "verify") {
    return verifier.verify(headers, body, NOW);
  }
  if (call === "authorize") {
    return verifier.authorize(headers, NOW);
  }
  const check = verifier.begin(headers, NOW);
  const bytes = body instanceof Uint8Array ? body : undefined;
  const ends = bytes === undefined ? [] : cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b);
  let start = 0;
  for (const end of ends) {
    check.update(bytes.subarray(start, end));
    start = end;
  }
  check.update(bytes === undefined ? body : bytes.subarray(start));
  return check.finish();
}

/** The plain copy: an object of arrays, and bytes. */
export function plain({ pairs, bytes }) {
  const headers = pairs.filter(([, value]) => value !== undefined);
  return { headers, body: bytes };
}
