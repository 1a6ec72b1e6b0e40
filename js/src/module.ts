/**
 * The package for hosts that can neither import `docutray-webhook` as it is nor compile the bytes in it. You compile the
 * module in the host's way and pass it.
 *
 * ```ts
 * import { instantiate } from "docutray-webhook/module";
 * import compiled from "docutray-webhook/docutray_webhook.wasm";
 *
 * const { Verifier, WebhookError } = instantiate(compiled);
 * ```
 *
 * @packageDocumentation
 * @module docutray-webhook/module
 */
import { WebhookError } from "./error.js";
import { provided } from "./module/instance.js";
import { valueKind } from "./value-kind.js";
import { Verifier } from "./verifier.js";

export type * from "./api.js";
export { isCompleted, isFailed, isStarted } from "./event-stages.js";
export { extra } from "./extra.js";
export { UnfitPayload } from "./unfit-payload.js";

/** The classes of `docutray-webhook`, which need the module. This entry exports everything else directly. */
export interface Classes {
  readonly Verifier: typeof Verifier;
  readonly WebhookError: typeof WebhookError;
}

/**
 * Makes the package ready with a module compiled from this version's `docutray_webhook.wasm`. It is synchronous.
 *
 * Call it once, when the program starts. The first module stays, whether it comes from here or from `docutray-webhook`, and
 * every call returns the same classes.
 *
 * @throws `TypeError` if `module` is not a `WebAssembly.Module`; `Error` if it is another module, or if the page's Content Security Policy
 * forbids WebAssembly.
 */
export function instantiate(module: WebAssembly.Module): Classes {
  // Checked by its tag, since a host's module may come from another realm.
  if (Object.prototype.toString.call(module) !== "[object WebAssembly.Module]") {
    throw new TypeError(
      `instantiate takes a WebAssembly.Module, but got ${valueKind(module)}. ` +
        "Bytes: await WebAssembly.compile(bytes); a Response: await WebAssembly.compileStreaming(response)",
    );
  }
  return provided(module, { Verifier, WebhookError });
}
