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
 * @module docutray-webhook
 */

// The exports that every entry has. The entries differ only in where their instance of the core comes from.
export type { BodyCheck } from "./body-check.js";
export type { Body } from "./body.js";
export type { Delivery } from "./delivery.js";
export { WebhookError } from "./error.js";
export type { WebhookErrorCode, WebhookErrorInit, WebhookErrorStatus } from "./error.js";
export type * from "./event.js";
export { isCompleted, isFailed, isStarted } from "./event-stages.js";
export type * from "./event-stages.js";
export { extra } from "./extra.js";
export type { ExtraFields, PayloadRecord } from "./extra.js";
export type { HeadersLike } from "./headers.js";
export type * from "./payload.js";
export type { WebRequest } from "./request.js";
export { UnfitPayload } from "./unfit-payload.js";
export type { UnfitPayloadInit } from "./unfit-payload.js";
export { Verifier } from "./verifier.js";
export type { VerifierOptions } from "./verifier-options.js";
