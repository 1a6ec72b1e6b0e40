// The package for Cloudflare Workers, which load WebAssembly as a module of its own. What it exports is described in `api.ts`.
import compiled from "./docutray_webhook.wasm";
import { provided } from "./module/instance.js";
import { Verifier as Class } from "./verifier.js";

// A value that depends on the instance, and no call for its effect: bundlers leave out what nothing depends on.
export const Verifier = /* @__PURE__ */ provided(compiled, Class);
export { WebhookError } from "./error.js";
