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

// The types of every entry that has its module: an entry only says where its module comes from.
export type { BodyCheck } from "./body-check.js";
export type { Body } from "./body.js";
export type { Delivery } from "./delivery.js";
export { WebhookError } from "./error.js";
export type { WebhookErrorCode, WebhookErrorInit, WebhookErrorStatus } from "./error.js";
export type * from "./event.js";
export type { HeadersLike } from "./headers.js";
export type * from "./payload.js";
export type { WebRequest } from "./request.js";
export { Verifier } from "./verifier.js";
export type { VerifierOptions } from "./verifier-options.js";
