/**
 * Docutray's webhooks on AWS Lambda: an authorizer for API Gateway, and the function itself.
 *
 * @packageDocumentation
 */
import "./index.js";

export { authorizer } from "./lambda/authorizer.js";
export type { Authorizer, AuthorizerOptions, ResponseKind } from "./lambda/authorizer.js";
export type { AuthorizerEventV1, AuthorizerEventV2 } from "./lambda/authorizer-event.js";
export type * from "./lambda/authorizer-response.js";
export type { EventHeaders } from "./lambda/headers.js";
