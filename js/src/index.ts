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

export type { BodyCheck } from "./body-check.js";
export type { Body } from "./body.js";
export { WebhookError } from "./error.js";
export type { Refusal, WebhookErrorCode, WebhookErrorStatus } from "./error.js";
export type * from "./event.js";
export type { HeadersLike } from "./headers.js";
export type * from "./payload.js";
export type { WebRequest } from "./request.js";
export { Verifier } from "./verifier.js";
export type { VerifierOptions } from "./verifier.js";
