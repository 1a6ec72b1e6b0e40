import { refuseCall } from "../node/refuse-call.js";
import type { Incoming } from "../receiver/incoming.js";
import type { HandlerOptions } from "../receiver/options.js";
import type { Answer } from "../receiver/outcome.js";
import { Receiver } from "../receiver/receiver.js";
import { functionBody, misreadBody } from "./function-body.js";
import { requestMethod, type FunctionEvent } from "./function-event.js";
import { header, receivedHeaders, type EventHeaders } from "./headers.js";
import { requestUrl } from "./request-url.js";

/** The parts of Lambda's context that the handler uses. */
export interface FunctionContext {
  getRemainingTimeInMillis(): number;
}

/** A response in the form that API Gateway, function URLs and load balancers expect. */
export interface FunctionResult {
  statusCode: number;
  /** By lower-case names. */
  headers: { [name: string]: string };
  /** The same headers, for a load balancer with multi-value headers enabled, which accepts no others. */
  multiValueHeaders?: { [name: string]: string[] };
  body: string;
  isBase64Encoded: false;
}

/** A Lambda function that takes deliveries. Without the context, it does not know its remaining time. */
export type LambdaHandler = (event: FunctionEvent, context?: FunctionContext) => Promise<FunctionResult>;

/**
 * Makes a Lambda function that verifies a delivery, processes its event once, and answers as Docutray expects: behind
 * API Gateway (a REST API, an HTTP API with payload format 1.0 or 2.0), a function URL, or a load balancer.
 *
 * **Every instance of a function has its own memory**, and AWS starts several. If an event must not be processed twice, pass a
 * store that the instances share as `idempotency`.
 *
 * **Nothing continues after the answer**, because Lambda freezes the function. A handler that is not finished by `deadline`, or
 * by a second before the function's own timeout (3 s by default; set it to 29), is answered 503 and stops until this instance
 * gets another request, if ever. The claim ends with its lease, and Docutray's retry starts again from the beginning. Move
 * longer work to a queue.
 *
 * Lambda accepts requests of at most 6 MB, base64 included. AWS refuses larger ones before it calls the function.
 *
 * @throws `WebhookError` `invalid_config`, whose `field` names the option. The returned function rejects only with a
 * `TypeError`, for an event that is not an HTTP request.
 */
export function lambdaHandler(options: HandlerOptions): LambdaHandler {
  const receiver = new Receiver(options);
  return async (event, context) => {
    let method: string;
    try {
      method = requestMethod(event, context);
    } catch (error) {
      return result(refuseCall(receiver, error as TypeError, [event, context]), {});
    }
    const { answer } = await receiver.receive(() => incoming(method, event, context));
    return result(answer, event);
  };
}

function incoming(method: string, event: FunctionEvent, context: FunctionContext | undefined): Incoming {
  const headers = receivedHeaders(event);
  return {
    method,
    url: () => requestUrl(event),
    headers,
    contentType: header(headers, "content-type"),
    contentEncoding: header(headers, "content-encoding"),
    contentLength: header(headers, "content-length"),
    body: () => functionBody(event),
    misread: () => misreadBody(event),
    timeLeft: timeLeft(context),
  };
}

/** In seconds. */
function timeLeft(context: Partial<FunctionContext> | undefined): number | undefined {
  // A context made by a test may lack this method.
  if (context?.getRemainingTimeInMillis === undefined) {
    return undefined;
  }
  return context.getRemainingTimeInMillis() / 1000;
}

function result({ status, headers, body }: Answer, event: EventHeaders): FunctionResult {
  const result: FunctionResult = { statusCode: status, headers: { ...headers }, body, isBase64Encoded: false };
  if (event.multiValueHeaders && !event.headers) {
    result.multiValueHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  }
  return result;
}
