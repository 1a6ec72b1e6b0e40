import { valueKind } from "./value-kind.js";

/**
 * A body as received. Text counts as its UTF-8 bytes. Pass bytes if you have them, because decoding has already replaced
 * invalid UTF-8. A `Buffer` is a `Uint8Array`.
 */
export type Body = string | Uint8Array | ArrayBuffer;

/** Recognises typed arrays of any realm, and cannot be deceived by an object's own properties. */
const typedArrayName = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)?.get as (this: unknown) => string | undefined;

/** Returns the text, or a plain view of the bytes. */
export function rawBody(body: unknown): string | Uint8Array {
  if (typeof body === "string") {
    return wellFormed(body);
  }
  if (isUint8Array(body)) {
    return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  }
  if (Object.prototype.toString.call(body) === "[object ArrayBuffer]") {
    return new Uint8Array(body as ArrayBuffer);
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

function wellFormed(text: string): string {
  if (text.isWellFormed()) {
    return text;
  }
  throw new TypeError(
    "the body is a string with a lone surrogate, which UTF-8 cannot carry, so it is not what was received: " +
      "pass the bytes, or decode them whole and not chunk by chunk",
  );
}
