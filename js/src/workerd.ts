/**
 * The package on Cloudflare Workers, which load WebAssembly as a module of its own.
 *
 * @packageDocumentation
 */
import compiled from "./docutray_webhook.wasm";
import { instantiate } from "./module/instantiate.js";

instantiate(compiled);

export * from "./api.js";
