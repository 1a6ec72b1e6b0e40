import { valueKind } from "./value-kind.js";

/**
 * A body as received. Text counts as its UTF-8 bytes. Pass bytes if you have them, because decoding has already replaced
 * invalid UTF-8. A `Buffer` is a `Uint8Array`.
 */
export type Body = string | Uint8Array | ArrayBuffer;

// They read what the engine knows of an array or buffer of any realm. An object's own properties cannot deceive them.
const typedArray: object = Object.getPrototypeOf(Uint8Array.prototype);
const typedArrayName = getter<string | undefined>(typedArray, Symbol.toStringTag);
const bufferOf = getter<ArrayBuffer>(typedArray, "buffer");
const offsetOf = getter<number>(typedArray, "byteOffset");
const lengthOf = getter<number>(typedArray, "byteLength");
/** Throws for anything but an `ArrayBuffer`. */
const lengthOfBuffer = getter<number>(ArrayBuffer.prototype, "byteLength");

function getter<T>(prototype: object, name: string | symbol): (this: unknown) => T {
  return Object.getOwnPropertyDescriptor(prototype, name)?.get as (this: unknown) => T;
}

/** Returns the text, or a plain view of the bytes. */
export function rawBody(body: unknown): string | Uint8Array {
  if (typeof body === "string") {
    return wellFormed(body);
  }
  if (isUint8Array(body)) {
    return new Uint8Array(bufferOf.call(body), offsetOf.call(body), lengthOf.call(body));
  }
  if (isArrayBuffer(body)) {
    return new Uint8Array(body);
  }
  throw new TypeError(
    `the body has to be the raw request body, a string, Uint8Array or ArrayBuffer, but is ${valueKind(body)}. ` +
      "The signature covers its exact bytes, which nobody can restore once it is parsed: take it before any parser. " +
      'Express: express.raw({ type: "application/json" }) on this route; a Request: await request.arrayBuffer(), ' +
      "await request.text() or verifier.verifyRequest(request); a stream: verifier.begin(headers), update, finish",
  );
}

export function isUint8Array(value: unknown): value is Uint8Array {
  return typedArrayName.call(value) === "Uint8Array";
}

function isArrayBuffer(value: unknown): value is ArrayBuffer {
  // Most values are no buffers, and an exception would be slow.
  if (Object.prototype.toString.call(value) !== "[object ArrayBuffer]") {
    return false;
  }
  try {
    lengthOfBuffer.call(value);
    return true;
  } catch {
    return false;
  }
}

function wellFormed(text: string): string {
  if (text.isWellFormed()) {
    return text;
  }
  throw new TypeError(
    "the body is a string with a lone surrogate, which UTF-8 cannot carry, so it is not what was received: " +
      "pass the bytes, or decode them whole and not chunk by chunk",
  );
}
