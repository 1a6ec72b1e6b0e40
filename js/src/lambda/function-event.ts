import { eventKind, fields, isAuthorizerEvent } from "./event-kind.js";
import type { EventHeaders } from "./headers.js";

/** A request from a REST API, an HTTP API with payload format 1.0, or a load balancer. */
export interface FunctionEventV1 extends EventHeaders {
  readonly httpMethod: string;
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
}

/** A request from an HTTP API with payload format 2.0, or from a function URL. */
export interface FunctionEventV2 extends EventHeaders {
  readonly requestContext: { readonly http: { readonly method: string } };
  readonly body?: string | null | undefined;
  readonly isBase64Encoded: boolean;
}

/** A request as a Lambda function gets it. */
export type FunctionEvent = FunctionEventV1 | FunctionEventV2;

/** @throws `TypeError` for an event that is not an HTTP request. Its message says which are. */
export function requestMethod(event: unknown): string {
  const { requestContext, httpMethod } = fields(event);
  const method = requestContext?.http?.method ?? httpMethod;
  if (typeof method === "string" && !isAuthorizerEvent(event)) {
    return method;
  }
  throw new TypeError(
    "lambdaHandler takes HTTP requests from API Gateway (a Lambda proxy integration), a function URL or a load " +
      `balancer, but got ${eventKind(event)}. For an authorizer: authorizer({ secret, url })`,
  );
}
