// The package with its WebAssembly module inside it, as text. Its exports are documented in `api.ts`.
import { compiled } from "./module/inline.js";
import { provided } from "./module/instance.js";
import { Verifier as Class } from "./verifier.js";

export * from "./api.js";
// A value that depends on the instance, and no call for its effect: bundlers leave out what nothing depends on.
export const Verifier = /* @__PURE__ */ provided(compiled, Class);
