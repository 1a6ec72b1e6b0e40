import { eventKind, fields } from "./event-kind.js";
import type { EventHeaders } from "./headers.js";

/** The event of a `REQUEST` authorizer from a REST API, or from an HTTP API with payload format 1.0. */
export interface AuthorizerEventV1 extends EventHeaders {
  readonly version?: string | undefined;
  readonly type: "REQUEST";
  readonly methodArn: string;
}

/** The event of an authorizer from an HTTP API with payload format 2.0. */
export interface AuthorizerEventV2 extends EventHeaders {
  readonly version: string;
  readonly type: "REQUEST";
  readonly routeArn: string;
}

/** The ARN that API Gateway asks about, and the payload format. */
export interface Asked {
  readonly arn: string;
  readonly format: "1.0" | "2.0";
}

/** @throws `TypeError` for any other event. Its message says what to configure. */
export function asked(event: unknown): Asked {
  const { type, version, methodArn, routeArn } = fields(event);
  if (type === "REQUEST" && version === "2.0" && typeof routeArn === "string") {
    return { arn: routeArn, format: "2.0" };
  }
  if (type === "REQUEST" && version !== "2.0" && typeof methodArn === "string") {
    return { arn: methodArn, format: "1.0" };
  }
  throw new TypeError(
    `authorizer takes the event of a Lambda authorizer of the type REQUEST, but got ${eventKind(event)}. ` +
      "REST API: an authorizer of the type REQUEST (SAM: FunctionPayloadType: REQUEST); " +
      'HTTP API: AuthorizerPayloadFormatVersion "1.0" or "2.0"; the function behind it: lambdaHandler',
  );
}
