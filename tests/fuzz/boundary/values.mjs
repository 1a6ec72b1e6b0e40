// Values that a caller could pass by mistake or in bad faith. Each is made from a plan, which is JSON, so that a finding can be kept.
import { completed, delivery } from "./delivery.mjs";

/** What a hostile value throws. It is the caller's own and may leave a call. */
export class Hostile extends Error {}

function attack() {
  throw new Hostile("thrown by the caller's own value");
}

const TYPED = { Int8Array, Uint8Array, Uint8ClampedArray, Uint16Array, Float64Array, BigInt64Array };
const PLAIN = {
  null: () => null,
  undefined: () => undefined,
  NaN: () => Number.NaN,
  Infinity: () => Number.POSITIVE_INFINITY,
  "-0": () => -0,
  "2^53": () => 2 ** 53,
  bigint: () => 10n ** 30n,
  symbol: () => Symbol("a symbol"),
  function: () => function named() {},
  promise: () => Promise.resolve({}),
  date: () => new Date(Number.NaN),
  map: () => new Map([["x-docutray-event", { toString: attack }]]),
  set: () => new Set(["x-docutray-event"]),
  headers: () => new Headers(delivery().headers),
  genuineHeaders: () => delivery().headers,
  genuineBody: () => delivery().body,
  genuineBytes: () => Buffer.from(delivery().body),
  parsedBody: () => completed(),
  revoked: () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  noPrototype: () => Object.create(null),
  error: () => new Error("an error as a value"),
  url: () => new globalThis.URL("https://example.com"),
  detached: () => {
    const bytes = new Uint8Array(8);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    return bytes;
  },
  detachedBuffer: () => {
    const buffer = new ArrayBuffer(8);
    structuredClone(buffer, { transfer: [buffer] });
    return buffer;
  },
  shared: () => new SharedArrayBuffer(8),
  view: () => new DataView(new ArrayBuffer(8)),
  shrunk: () => {
    const buffer = new ArrayBuffer(16, { maxByteLength: 16 });
    const bytes = new Uint8Array(buffer, 4, 12);
    buffer.resize(0);
    return bytes;
  },
  ended: () => [][Symbol.iterator](),
};

export const PLAIN_NAMES = Object.keys(PLAIN);
export const TYPED_NAMES = Object.keys(TYPED);

/** Traps of a proxy. Each throws, returns nothing, or does as usual. */
export const TRAPS = ["get", "has", "ownKeys", "getPrototypeOf", "getOwnPropertyDescriptor"];

/** Makes the value of a plan. */
export function made(plan) {
  switch (plan.is) {
    case "plain":
      return PLAIN[plan.name]();
    case "text":
      return plan.text;
    case "number":
      return plan.number;
    case "long":
      return plan.text.repeat(plan.times);
    case "array":
      return plan.items.map(made);
    case "object":
      return withEntries({}, plan.entries);
    case "getters":
      return withGetters(plan.entries);
    case "iterable":
      return {
        *[Symbol.iterator]() {
          yield* plan.items.map(made);
        },
      };
    case "tagged":
      return { ...withEntries({}, plan.entries), [Symbol.toStringTag]: plan.tag };
    case "typed":
      return new TYPED[plan.name](plan.length);
    case "lying":
      return lying(plan);
    case "named":
      return Object.create({ constructor: { name: made(plan.of) } });
    case "proxy":
      return proxy(made(plan.of), plan.traps);
    default:
      throw new Error(`a plan of an unknown kind: ${JSON.stringify(plan)}`);
  }
}

function withEntries(target, entries) {
  for (const [name, plan] of entries) {
    Object.defineProperty(target, name, { value: made(plan), enumerable: true, configurable: true, writable: true });
  }
  return target;
}

/** Each getter returns its value the first time, and then throws. */
function withGetters(entries) {
  const target = {};
  for (const [name, plan] of entries) {
    let isRead = false;
    const get = () => (isRead ? attack() : ((isRead = true), made(plan)));
    Object.defineProperty(target, name, { get, enumerable: true, configurable: true });
  }
  return target;
}

/** Bytes with own properties in the place of the prototype's. */
function lying({ entries }) {
  return withEntries(new Uint8Array(4), entries);
}

function proxy(target, traps) {
  const isObject = (typeof target === "object" && target !== null) || typeof target === "function";
  const handler = Object.fromEntries(
    Object.entries(traps).map(([name, does]) => [name, does === "throws" ? attack : () => undefined]),
  );
  return new Proxy(isObject ? target : {}, handler);
}
