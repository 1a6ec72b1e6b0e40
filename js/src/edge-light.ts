/**
 * The package for Vercel's edge, which cannot compile bytes. Its bundlers import `?module` as a compiled module.
 *
 * @packageDocumentation
 */
import compiled from "./docutray_webhook.wasm?module";
import { provide } from "./module/instance.js";

provide(compiled);

export * from "./api.js";
