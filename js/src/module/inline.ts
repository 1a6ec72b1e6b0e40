import { frequent, text } from "../generated/bytes.js";
import { fromModuleText } from "./module-text.js";

/** The core, compiled on import from bytes inside this package. It needs no other file, no fetch and no await. */
export const compiled = new WebAssembly.Module(fromModuleText(text, frequent));
