/**
 * The package on Vercel's edge, which compiles no bytes and whose bundlers take `?module` for a compiled module.
 *
 * @packageDocumentation
 */
import compiled from "./docutray_webhook.wasm?module";
import { provide } from "./module/instance.js";

provide(compiled);

export * from "./api.js";
