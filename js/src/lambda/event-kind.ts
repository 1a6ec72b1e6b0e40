import { valueKind } from "../value-kind.js";

/** The fields by which AWS's events can be told apart. */
export type AnyEvent = Partial<
  Record<"type" | "version" | "methodArn" | "routeArn" | "httpMethod", unknown> & {
    requestContext: { readonly http?: { readonly method?: unknown } } | null;
  }
>;

export function fields(event: unknown): AnyEvent {
  return typeof event === "object" && event !== null ? event : {};
}

/** An authorizer's event names an ARN; a function's does not. */
export function isAuthorizerEvent(event: unknown): boolean {
  const { methodArn, routeArn } = fields(event);
  return methodArn !== undefined || routeArn !== undefined;
}

/** Describes an event in an error, for somebody who configured the wrong function. */
export function eventKind(event: unknown): string {
  if (fields(event).type === "TOKEN") {
    return "that of a TOKEN authorizer, which has one header where four are needed";
  }
  if (isAuthorizerEvent(event)) {
    return "an authorizer's";
  }
  return fields(event).requestContext === undefined ? valueKind(event) : "a request to a function";
}
