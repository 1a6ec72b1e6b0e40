import { refuseCall } from "../node/refuse-call.js";
import type { Incoming } from "../receiver/incoming.js";
import type { HandlerOptions } from "../receiver/options.js";
import type { Answer } from "../receiver/outcome.js";
import { Receiver } from "../receiver/receiver.js";
import { functionBody, misreadBody } from "./function-body.js";
import { requestMethod, type FunctionEvent } from "./function-event.js";
import { header, receivedHeaders, type EventHeaders } from "./headers.js";

/** As much of Lambda's context as is used. */
export interface FunctionContext {
  getRemainingTimeInMillis(): number;
}

/** An answer in the form that API Gateway, function URLs and load balancers take. */
export interface FunctionResult {
  statusCode: number;
  /** Names in lower case. */
  headers: { [name: string]: string };
  /** The same for a load balancer with multi-value headers enabled, which takes no others. */
  multiValueHeaders?: { [name: string]: string[] };
  body: string;
  isBase64Encoded: false;
}

/** A Lambda function that takes deliveries. Without the context it does not know how much time it has. */
export type LambdaHandler = (event: FunctionEvent, context?: FunctionContext) => Promise<FunctionResult>;

/**
 * Makes a Lambda function that verifies a delivery, processes its event once, and answers as Docutray expects: behind
 * API Gateway (a REST API, an HTTP API with payload format 1.0 or 2.0), a function URL, or a load balancer.
 *
 * **Every instance of a function has a memory of its own**, and AWS starts several: pass `idempotency`, a store that they
 * have in common, wherever an event must not be processed twice.
 *
 * **Nothing goes on after the answer**: Lambda freezes the function. A handler that is not done by `deadline`, or a
 * second before the function's own timeout (3 s unless configured: set it to 29), is answered 503 and stands still until
 * this instance gets another request, if ever. The claim ends with its lease, and Docutray's retry tries again from
 * the start. What takes longer belongs in a queue.
 *
 * Lambda takes requests of 6 MB at most, base64 included; AWS refuses a larger one before the function hears of it.
 *
 * @throws {@link WebhookError} `invalid_config`, whose `field` names the option. The function made rejects with a
 * `TypeError` for an event that is no HTTP request, and for nothing else.
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
    const answer = await receiver.receive(() => incoming(method, event, context));
    return result(answer, event);
  };
}

function incoming(method: string, event: FunctionEvent, context: FunctionContext | undefined): Incoming {
  const headers = receivedHeaders(event);
  return {
    method,
    headers,
    contentType: header(headers, "content-type"),
    contentEncoding: header(headers, "content-encoding"),
    contentLength: header(headers, "content-length"),
    body: () => functionBody(event),
    misread: () => misreadBody(event),
    timeLeft: timeLeft(context),
  };
}

/** In seconds, less what it takes to answer: a second, or half of what is left where that is less. */
function timeLeft(context: Partial<FunctionContext> | undefined): number | undefined {
  // A test's own context may not say.
  if (context?.getRemainingTimeInMillis === undefined) {
    return undefined;
  }
  const seconds = context.getRemainingTimeInMillis() / 1000;
  return seconds - Math.min(1, seconds / 2);
}

function result({ status, headers, body }: Answer, event: EventHeaders): FunctionResult {
  const result: FunctionResult = { statusCode: status, headers: { ...headers }, body, isBase64Encoded: false };
  if (event.multiValueHeaders && !event.headers) {
    result.multiValueHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  }
  return result;
}
