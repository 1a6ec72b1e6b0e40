/**
 * Handlers for Docutray's webhooks on AWS Lambda: the function itself, and an authorizer in front of it.
 *
 * ```ts
 * import { lambdaHandler } from "docutray-webhook/lambda";
 *
 * export const handler = lambdaHandler({
 *   secret, url,
 *   on: { CONVERSION_COMPLETED: async (event) => save(event.payload.data) },
 * });
 * ```
 *
 * @packageDocumentation
 * @module docutray-webhook/lambda
 */

export { authorizer } from "./lambda/authorizer.js";
export type { Authorizer, AuthorizerOptions, ResponseKind } from "./lambda/authorizer.js";
export type { AuthorizerEventV1, AuthorizerEventV2 } from "./lambda/authorizer-event.js";
export type {
  AllowedContext,
  AuthorizerContext,
  DeniedContext,
  IamResponse,
  SimpleResponse,
} from "./lambda/authorizer-response.js";
export { lambdaHandler } from "./lambda/handler.js";
export type { FunctionContext, LambdaHandler, FunctionResult } from "./lambda/handler.js";
export type { FunctionEvent, FunctionEventV1, FunctionEventV2 } from "./lambda/function-event.js";
export type { EventHeaders } from "./lambda/headers.js";
export type * from "./handler-types.js";
