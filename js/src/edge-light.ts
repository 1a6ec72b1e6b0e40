/**
 * The package on Vercel's edge, which compiles no bytes and whose bundlers take `?module` for a compiled module.
 *
 * @packageDocumentation
 */
import compiled from "./docutray_webhook.wasm?module";
import { instantiate } from "./module/instantiate.js";

instantiate(compiled);

export * from "./api.js";
