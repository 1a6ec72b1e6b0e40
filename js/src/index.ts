/**
 * Verifies Docutray webhooks.
 *
 * ```ts
 * import { Verifier, WebhookError } from "docutray-webhook";
 *
 * const verifier = new Verifier({ secret, url: "https://example.com/hooks" });
 * const event = verifier.verify(request.headers, rawBody);
 * ```
 *
 * The package is ready when imported: there is nothing to initialise or to await.
 *
 * @packageDocumentation
 */
import { compiled } from "./module/inline.js";
import { provide } from "./module/instance.js";

provide(compiled);

export * from "./api.js";
