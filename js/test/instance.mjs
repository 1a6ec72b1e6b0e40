// The package, and a look at the memory of its WebAssembly instance, which it shows to nobody.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const { Instance } = WebAssembly;
let memory;

WebAssembly.Instance = class extends Instance {
  constructor(...args) {
    super(...args);
    ({ memory } = this.exports);
  }
};

export const { Verifier, WebhookError } = await import("docutray-webhook");

WebAssembly.Instance = Instance;

/** Bytes of the instance's memory; it never shrinks. */
export function instanceBytes() {
  return memory.buffer.byteLength;
}

setFlagsFromString("--expose-gc");
export const collectGarbage = runInNewContext("gc");
