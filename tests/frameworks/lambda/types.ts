// Compiled with @types/aws-lambda, never run. Shows that our functions have AWS's types, in a strict compiler.
import type {
  ALBHandler,
  APIGatewayProxyHandler,
  APIGatewayProxyHandlerV2,
  APIGatewayProxyHandlerV2WithLambdaAuthorizer,
  APIGatewayProxyWithLambdaAuthorizerHandler,
  APIGatewayRequestAuthorizerHandler,
  APIGatewayRequestAuthorizerWithContextHandler,
  APIGatewayRequestIAMAuthorizerHandlerV2,
  APIGatewayRequestSimpleAuthorizerHandlerV2,
  APIGatewayRequestSimpleAuthorizerHandlerV2WithContext,
  APIGatewayTokenAuthorizerHandler,
  Context,
  Handler,
  LambdaFunctionURLHandler,
  SQSHandler,
} from "aws-lambda";
import {
  authorizer,
  lambdaHandler,
  type AllowedContext,
  type Authorizer,
  type AuthorizerContext,
  type AuthorizerEventV1,
  type AuthorizerEventV2,
  type FunctionContext,
  type FunctionEvent,
  type HandlerOptions,
  type IamResponse,
  type LambdaHandler,
  type SimpleResponse,
} from "docutray-webhook/lambda";

const options = { secret: "s", url: "https://example.com/hooks" };
const simple = authorizer(options);
const iam = authorizer({ ...options, response: "iam" });

export const authorizers: [
  APIGatewayRequestAuthorizerHandler,
  APIGatewayRequestAuthorizerWithContextHandler<AuthorizerContext>,
  APIGatewayRequestSimpleAuthorizerHandlerV2,
  APIGatewayRequestSimpleAuthorizerHandlerV2WithContext<AuthorizerContext>,
  APIGatewayRequestIAMAuthorizerHandlerV2,
  APIGatewayRequestAuthorizerHandler,
] = [simple, simple, simple, simple, iam, iam];

const handler = lambdaHandler({ ...options, on: { CONVERSION_COMPLETED: (event) => event.payload.data } });

export const handlers: [
  APIGatewayProxyHandler,
  APIGatewayProxyHandlerV2,
  LambdaFunctionURLHandler,
  ALBHandler,
  APIGatewayProxyWithLambdaAuthorizerHandler<AllowedContext>,
  APIGatewayProxyHandlerV2WithLambdaAuthorizer<AllowedContext>,
] = [handler, handler, handler, handler, handler, handler];

/** AWS's event types are accepted by our functions. */
type EventOf<Of> = Of extends Handler<infer Event, infer _> ? Event : never;

export function takes(
  event: EventOf<APIGatewayProxyHandler> | EventOf<LambdaFunctionURLHandler> | EventOf<ALBHandler>,
  method: EventOf<APIGatewayRequestAuthorizerHandler>,
  route: EventOf<APIGatewayRequestSimpleAuthorizerHandlerV2>,
  context: Context,
): [FunctionEvent, AuthorizerEventV1, AuthorizerEventV2, FunctionContext] {
  return [event, method, route, context];
}

/** Calls the functions as a user's test does. */
export async function answers(event: FunctionEvent, asked: AuthorizerEventV1, route: AuthorizerEventV2): Promise<string> {
  const result = await handler(event);
  const policy: IamResponse = await simple(asked);
  const verdict: SimpleResponse = await simple(route);
  const other: IamResponse = await iam(route);
  const { context } = verdict;
  const why = "code" in context ? context.code : context.requestId;
  const [{ Effect }] = policy.policyDocument.Statement;
  return `${result.statusCode} ${Effect} ${verdict.isAuthorized} ${other.principalId} ${why}`;
}

export const named: [Authorizer, Authorizer<"iam">, LambdaHandler] = [simple, iam, handler];
export const settings: HandlerOptions = { ...options, on: { "*": async () => {} }, deadline: 10 };

// What must not compile. Each line says what it prevents.

// @ts-expect-error without a URL there is nothing to authenticate
authorizer({ secret: "s", url: false });
// @ts-expect-error this response does not exist
authorizer({ ...options, response: "policy" });
// @ts-expect-error a TOKEN authorizer has one header where four are needed
export const token: APIGatewayTokenAuthorizerHandler = simple;
// @ts-expect-error a policy where simple responses are enabled
export const policyForSimple: APIGatewayRequestSimpleAuthorizerHandlerV2 = iam;
// @ts-expect-error a simple response where they are not
export const simpleForPolicy: APIGatewayRequestIAMAuthorizerHandlerV2 = simple;
// @ts-expect-error a queue's messages are not requests
export const queue: SQSHandler = handler;
// @ts-expect-error a function needs its handlers
lambdaHandler(options);
