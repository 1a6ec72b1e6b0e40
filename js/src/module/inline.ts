import { fromBase64 } from "../base64.js";
import { base64 } from "../generated/bytes.js";

/** The core, compiled from bytes inside this package when it is imported: no file beside it, no fetch, no await. */
export const compiled = new WebAssembly.Module(fromBase64(base64));
