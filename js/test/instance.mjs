// The package, and a look at the memory of its WebAssembly instances, which it shows to nobody.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const { Instance } = WebAssembly;
/** Of every instance that was made, the live one's last. */
export const memories = [];

WebAssembly.Instance = class extends Instance {
  constructor(...args) {
    super(...args);
    memories.push(this.exports.memory);
  }
};

export const { Verifier, WebhookError } = await import("docutray-webhook");

/** Bytes of the live instance's memory; it never shrinks. */
export function instanceBytes() {
  return memories.at(-1).buffer.byteLength;
}

/** Takes all the memory that the live instance could still get: what it has free is all it has from now on. */
export function exhaust() {
  const memory = memories.at(-1);
  for (let pages = 65536; pages >= 1; pages = Math.floor(pages / 2)) {
    try {
      for (;;) {
        memory.grow(pages);
      }
    } catch {
      // So many there are not.
    }
  }
}

/** Whether the live instance's memory holds these bytes. */
export function holds(bytes) {
  return Buffer.from(memories.at(-1).buffer).includes(bytes);
}

setFlagsFromString("--expose-gc");
export const collectGarbage = runInNewContext("gc");
