import type { WebhookErrorCode } from "../error.js";

/** What the authorizer says of a delivery it lets through: `requestContext.authorizer` of the function behind. */
export type AllowedContext = {
  /** The delivery's `X-Docutray-Request-Id`. */
  requestId: string;
  /** Unix time in seconds. A REST API makes text of it. */
  timestamp: number;
  /** The event's name. */
  event: string;
};

/** What it says of one that it refuses: `$context.authorizer.code` in access logs. */
export type DeniedContext = {
  /** Which check failed. */
  code: WebhookErrorCode;
  /** The header at fault, in lower case, where it is a single one. */
  field?: string;
};

/** API Gateway takes text, numbers and booleans alone, not nested. */
export type AuthorizerContext = AllowedContext | DeniedContext;

/** An HTTP API's own, with payload format 2.0 and simple responses enabled. */
export interface SimpleResponse {
  isAuthorized: boolean;
  context: AuthorizerContext;
}

/** A policy for the one request that was asked about, which every API takes. */
export interface IamResponse {
  principalId: string;
  policyDocument: {
    Version: "2012-10-17";
    Statement: [{ Action: "execute-api:Invoke"; Effect: "Allow" | "Deny"; Resource: string }];
  };
  context: AuthorizerContext;
}

/** Whether a delivery may pass. */
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
