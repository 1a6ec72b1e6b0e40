import type { WebhookErrorCode } from "../error.js";

/** The context for an allowed delivery: `requestContext.authorizer` of the function. */
export type AllowedContext = {
  /** The delivery's `X-Docutray-Request-Id`. */
  requestId: string;
  /** Unix time in seconds. A REST API converts it to text. */
  timestamp: number;
  /** The event's name. */
  event: string;
};

/** The context for a refused delivery: `$context.authorizer.code` in access logs. */
export type DeniedContext = {
  /** The check that failed. */
  code: WebhookErrorCode;
  /** The header at fault in lower case, if it is a single one. */
  field?: string;
};

/** API Gateway allows only text, numbers and booleans here, not nested. */
export type AuthorizerContext = AllowedContext | DeniedContext;

/** The response for an HTTP API with payload format 2.0 and simple responses enabled. */
export interface SimpleResponse {
  isAuthorized: boolean;
  context: AuthorizerContext;
}

/** A policy for the one request that was asked about. Every API accepts it. */
export interface IamResponse {
  principalId: string;
  policyDocument: {
    Version: "2012-10-17";
    Statement: [{ Action: "execute-api:Invoke"; Effect: "Allow" | "Deny"; Resource: string }];
  };
  context: AuthorizerContext;
}

/** Whether a delivery is allowed. */
export interface Decision {
  readonly allowed: boolean;
  readonly context: AuthorizerContext;
}

export function simpleResponse({ allowed, context }: Decision): SimpleResponse {
  return { isAuthorized: allowed, context };
}

export function iamResponse({ allowed, context }: Decision, arn: string): IamResponse {
  const Effect = allowed ? "Allow" : "Deny";
  return {
    principalId: "docutray",
    policyDocument: {
      Version: "2012-10-17",
      Statement: [{ Action: "execute-api:Invoke", Effect, Resource: arn }],
    },
    context,
  };
}
