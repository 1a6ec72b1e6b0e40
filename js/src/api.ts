// The exports that every entry has. The entries differ only in where their instance of the core comes from.

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
