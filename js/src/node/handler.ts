import type { HandlerOptions } from "../receiver/options.js";
import { Receiver } from "../receiver/receiver.js";
import { isNodeRequest, isNodeResponse, wrongArguments } from "../right-entry.js";
import { hasErrorMiddleware } from "./express/error-middleware.js";
import { lineToMove } from "./express/line-to-move.js";
import type { ExpressRequest } from "./express/stack.js";
import { incoming, send, type NodeRequest, type NodeResponse } from "./http.js";
import { BODY_WAS_READ, rawChunks } from "./raw-body.js";
import { refuseCall } from "./refuse-call.js";

/**
 * Takes a delivery and sends the answer: for `createServer` of `node:http` and `node:http2`, and for an Express route. It
 * never rejects: a failure is answered, and logged if the sender must not know it.
 *
 * What a handler throws is answered 500. Then, once the answer is sent, an Express application with error middleware gets it by `next`,
 * so that Sentry's middleware and its own see it. Such a middleware cannot answer any more: `if (response.headersSent) return next(error)`.
 *
 * If it is called without a request and a response of Node, it rejects with a `TypeError` that names the right entry of this
 * package.
 */
export type NodeHandler = (request: NodeRequest, response: NodeResponse, next?: Next) => Promise<void>;

/** What Express calls the next middleware with, or its error middleware. */
export type Next = (error?: any) => void;

/**
 * Makes a handler that verifies a delivery as it arrives, processes its event once, and answers as Docutray expects.
 *
 * ```ts
 * createServer(nodeHandler({ secret, url, on })).listen(8080);
 * app.post("/hooks", nodeHandler({ secret, url, on })); // Express, above app.use(express.json())
 * ```
 *
 * The handler needs the body's exact bytes. If a body parser ran before it, the delivery is answered 500 (`raw_body_gone`), and
 * an error in the log says which line to move. The handler also takes bytes that were kept: a `Buffer` in
 * `request.rawBody` (Google's and Firebase's functions; NestJS with `rawBody: true`) or in `request.body` (`express.raw()`). It
 * takes text in `request.rawBody` if decoding has not changed it: the text has no U+FFFD and does not begin with a BOM.
 *
 * @throws `WebhookError` `invalid_config`, whose `field` names the option.
 */
export function nodeHandler(options: HandlerOptions): NodeHandler {
  const receiver = new Receiver(options);
  // With parameters of its own, since some hosts look at a handler's `length`.
  return async function handle(request, response, ...more: unknown[]) {
    if (!isNodeRequest(request) || !isNodeResponse(response)) {
      const given = [request, response, ...more];
      const error = wrongArguments("the handler of nodeHandler", "Node's request and response", given);
      refuseCall(receiver, error, given);
      return;
    }
    const body = () => rawChunks(request, () => request, () => whatToDo(request, handle));
    const { answer, thrown } = await receiver.receive(() => incoming(request, body));
    const [next] = more;
    if (thrown !== undefined && typeof next === "function" && hasErrorMiddleware(request as unknown as ExpressRequest, handle)) {
      afterwards(response, () => {
        try {
          next(thrown.error);
        } catch (error) {
          receiver.hostFailed("next_failed", "the error middleware failed", error);
        }
      });
    }
    send(request, response, answer, (error) => receiver.notSent(error));
  };
}

/** Calls once the response is sent or lost. Express closes the connection of an error that its middleware passes on, so not before. */
function afterwards(response: NodeResponse, call: () => void): void {
  let isCalled = false;
  function once(): void {
    if (!isCalled) {
      isCalled = true;
      call();
    }
  }
  response.once?.("finish", once);
  response.once?.("close", once);
}

function whatToDo(request: NodeRequest, handler: NodeHandler): string {
  try {
    return lineToMove(request as unknown as ExpressRequest, handler) ?? BODY_WAS_READ;
  } catch {
    // It is not Express, or not a known version.
    return BODY_WAS_READ;
  }
}
