/**
 * Verify Docutray webhooks.
 *
 * ```ts
 * import { Verifier, WebhookError } from "docutray-webhook";
 *
 * const verifier = new Verifier({ secret, url: "https://example.com/hooks" });
 * const event = verifier.verify(request.headers, rawBody);
 * ```
 *
 * Ready when imported: nothing to initialise, nothing to await.
 *
 * @packageDocumentation
 */
import { compiled } from "./module/inline.js";
import { provide } from "./module/instance.js";

provide(compiled);

export * from "./api.js";
