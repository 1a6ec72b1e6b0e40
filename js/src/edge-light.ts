// The package for Vercel's edge, and for Workers that Nitro builds. Their bundlers import `?module` as a compiled module. Its exports
// are documented in `api.ts`.
import compiled from "./docutray_webhook.wasm?module";
import { provided } from "./module/instance.js";
import { Verifier as Class } from "./verifier.js";

export * from "./api.js";
// A value that depends on the instance, and no call for its effect: bundlers leave out what nothing depends on.
export const Verifier = /* @__PURE__ */ provided(compiled, Class);
