// The package with its WebAssembly module inside it, as text. What it exports is described in `api.ts`.
import { provided } from "./module/instance.js";
import { compiled } from "./module/inline.js";
import { Verifier as Class } from "./verifier.js";

// A value that depends on the instance, and no call for its effect: bundlers leave out what nothing depends on.
export const Verifier = /* @__PURE__ */ provided(compiled, Class);
export { WebhookError } from "./error.js";
