import { valueKind } from "../value-kind.js";

/** As much as tells AWS's events apart. */
export type AnyEvent = Partial<
  Record<"type" | "version" | "methodArn" | "routeArn" | "httpMethod", unknown> & {
    requestContext: { readonly http?: { readonly method?: unknown } } | null;
  }
>;

export function fields(event: unknown): AnyEvent {
  return typeof event === "object" && event !== null ? event : {};
}

/** An authorizer is asked about an ARN; a function is not. */
export function isAuthorizerEvent(event: unknown): boolean {
  const { methodArn, routeArn } = fields(event);
  return methodArn !== undefined || routeArn !== undefined;
}

/** Names an event in an error, for whoever put a function in the wrong place. */
export function eventKind(event: unknown): string {
  if (fields(event).type === "TOKEN") {
    return "that of a TOKEN authorizer, which has one header where four are needed";
  }
  if (isAuthorizerEvent(event)) {
    return "an authorizer's";
  }
  return fields(event).requestContext === undefined ? valueKind(event) : "a request to a function";
}
