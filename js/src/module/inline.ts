import { frequent, text } from "../generated/bytes.js";
import { fromModuleText } from "./module-text.js";

/** The core, compiled from bytes inside this package when it is imported: no file beside it, no fetch, no await. */
export const compiled = new WebAssembly.Module(fromModuleText(text, frequent));
