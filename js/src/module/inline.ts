import { frequent, text } from "../generated/bytes.js";
import { forbidden } from "./forbidden.js";
import { fromModuleText } from "./module-text.js";

/** The core, compiled on import from bytes inside this package. It needs no other file, no fetch and no await. */
export const compiled = /* @__PURE__ */ compile(/* @__PURE__ */ fromModuleText(text, frequent));

/** @throws `Error` that says what to do if the host forbids it, or else the host's own error. */
function compile(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes);
  } catch (cause) {
    const advice = forbidden(cause);
    throw advice === undefined ? cause : new Error(advice, { cause });
  }
}
