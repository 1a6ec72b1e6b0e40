/**
 * The package on Cloudflare Workers, which load WebAssembly as a module of its own.
 *
 * @packageDocumentation
 */
import compiled from "./docutray_webhook.wasm";
import { provide } from "./module/instance.js";

provide(compiled);

export * from "./api.js";
