import * as bindings from "../generated/bindings.js";

let ready = false;

/** Puts an instance of the core behind its bindings, synchronously; the first stays, since objects live in it. */
export function instantiate(module: WebAssembly.Module): void {
  if (ready) {
    return;
  }
  try {
    const { exports } = new WebAssembly.Instance(module, {
      "./docutray_webhook_bg.js": bindings as unknown as WebAssembly.ModuleImports,
    });
    bindings.__wbg_set_wasm(exports);
    (exports["__wbindgen_start"] as () => void)();
  } catch (cause) {
    // The bindings fit one module: the names that it imports are those of this very build.
    throw new Error("this module is not docutray_webhook.wasm of this version of docutray-webhook", { cause });
  }
  ready = true;
}
