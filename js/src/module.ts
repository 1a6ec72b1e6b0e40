/**
 * The package for hosts that neither load `docutray-webhook` ready-made nor compile the bytes inside it: they hand over
 * the module, compiled their way.
 *
 * ```ts
 * import { instantiate } from "docutray-webhook/module";
 * import compiled from "docutray-webhook/docutray_webhook.wasm";
 *
 * const { Verifier, WebhookError } = instantiate(compiled);
 * ```
 *
 * @packageDocumentation
 */
import { WebhookError } from "./error.js";
import { provided } from "./module/instance.js";
import { valueKind } from "./value-kind.js";
import { Verifier } from "./verifier.js";

export type * from "./api.js";

/** What `docutray-webhook` exports. */
export interface Classes {
  readonly Verifier: typeof Verifier;
  readonly WebhookError: typeof WebhookError;
}

/**
 * Makes the package ready with a module compiled from this version's `docutray_webhook.wasm`, synchronously.
 *
 * To be called once, where the program starts. Once there is a module, from here or from `docutray-webhook`, it
 * stays and every call gives the same classes.
 *
 * @throws `TypeError` for anything but a `WebAssembly.Module`; `Error` for another module.
 */
export function instantiate(module: WebAssembly.Module): Classes {
  // By its tag: a host's module may come from another realm.
  if (Object.prototype.toString.call(module) !== "[object WebAssembly.Module]") {
    throw new TypeError(
      `instantiate takes a WebAssembly.Module, but got ${valueKind(module)}. ` +
        "Bytes: await WebAssembly.compile(bytes); a Response: await WebAssembly.compileStreaming(response)",
    );
  }
  return provided(module, { Verifier, WebhookError });
}
