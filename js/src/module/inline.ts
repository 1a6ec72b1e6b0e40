import { frequent, text } from "../generated/bytes.js";
import { fromModuleText } from "./module-text.js";

/** The core, compiled on import from bytes inside this package. It needs no other file, no fetch and no await. */
export const compiled = /* @__PURE__ */ new WebAssembly.Module(/* @__PURE__ */ fromModuleText(text, frequent));
