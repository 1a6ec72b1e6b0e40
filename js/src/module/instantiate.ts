import * as bindings from "../generated/bindings.js";

/** Puts an instance of the core behind its bindings, synchronously. */
export function instantiate(module: WebAssembly.Module): typeof bindings {
  const { exports } = new WebAssembly.Instance(module, {
    "./docutray_webhook_bg.js": bindings as unknown as WebAssembly.ModuleImports,
  });
  bindings.__wbg_set_wasm(exports);
  (exports["__wbindgen_start"] as () => void)();
  return bindings;
}
