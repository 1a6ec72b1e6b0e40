import { eventKind, fields, isAuthorizerEvent } from "./event-kind.js";
import { rightEntry } from "../right-entry.js";
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

/** @throws `TypeError` for an event that is not an HTTP request. Its message says which are, or which entry takes this one. */
export function requestMethod(event: unknown, context: unknown): string {
  const { requestContext, httpMethod } = fields(event);
  const method = requestContext?.http?.method ?? httpMethod;
  if (typeof method === "string" && !isAuthorizerEvent(event)) {
    return method;
  }
  const isOfAws = requestContext !== undefined || isAuthorizerEvent(event);
  const entry = isOfAws ? undefined : rightEntry([event, context]);
  throw new TypeError(
    "lambdaHandler takes HTTP requests from API Gateway (a Lambda proxy integration), a function URL or a load " +
      `balancer, but got ${eventKind(event)}. ${entry ?? "For an authorizer: authorizer({ secret, url })"}`,
  );
}
