import { frequent, text } from "../generated/bytes.js";
import { fromModuleText } from "./module-text.js";

/** The core, compiled from bytes inside this package when it is imported: no file beside it, no fetch, no await. */
export const compiled = /* @__PURE__ */ new WebAssembly.Module(/* @__PURE__ */ fromModuleText(text, frequent));
