/**
 * The package for Cloudflare Workers, which import WebAssembly as a compiled module.
 *
 * @packageDocumentation
 */
import compiled from "./docutray_webhook.wasm";
import { provide } from "./module/instance.js";

provide(compiled);

export * from "./api.js";
