// The package, with access to the memory of its WebAssembly instances, which it does not export.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const { Instance } = WebAssembly;
/** The memories of all instances, that of the current one last. */
export const memories = [];

WebAssembly.Instance = class extends Instance {
  constructor(...args) {
    super(...args);
    memories.push(this.exports.memory);
  }
};

export const { Verifier, WebhookError } = await import("docutray-webhook");

/** Returns the size of the current instance's memory in bytes. It never shrinks. */
export function instanceBytes() {
  return memories.at(-1).buffer.byteLength;
}

/** Allocates all memory that the current instance could still get. It keeps only what is free inside it. */
export function exhaust() {
  const memory = memories.at(-1);
  for (let pages = 65536; pages >= 1; pages = Math.floor(pages / 2)) {
    try {
      for (;;) {
        memory.grow(pages);
      }
    } catch {
      // So much memory is not available.
    }
  }
}

/** Returns whether the current instance's memory contains these bytes. */
export function holds(bytes) {
  return Buffer.from(memories.at(-1).buffer).includes(bytes);
}

setFlagsFromString("--expose-gc");
export const collectGarbage = runInNewContext("gc");
