/**
 * A handler for every host with Web-standard `Request` and `Response`: Workers, Deno, Bun, Hono, Next.js, SvelteKit, Astro.
 *
 * ```ts
 * import { webHandler } from "docutray-webhook/handler";
 *
 * export const POST = webHandler({
 *   secret, url,
 *   on: { CONVERSION_COMPLETED: async (event) => save(event.payload.data) },
 * });
 * ```
 *
 * It is made when the module is loaded, and needs its settings then. `next build` loads routes. If it runs without the
 * secret, make the handler at the first request, as examples/next does.
 *
 * **In Astro, also add `export const prerender = false`**, unless its `output` is `"server"`. A prerendered endpoint answers
 * every delivery with 200 without calling the handler.
 *
 * @packageDocumentation
 */
import { requestOf, wholeBody, type HandlerInput, type HandlerRequest, type HostContext } from "./handler/request.js";
import { findWaitUntil } from "./handler/wait-until.js";
import { refuseCall } from "./node/refuse-call.js";
import type { Incoming } from "./receiver/incoming.js";
import type { HandlerOptions } from "./receiver/options.js";
import type { Answer } from "./receiver/outcome.js";
import { Receiver } from "./receiver/receiver.js";

export type { HandlerInput, HandlerRequest, HostContext } from "./handler/request.js";
export type * from "./handler-types.js";

/**
 * Takes a delivery and answers it. Never rejected: what goes wrong is an answer, and on `console.error` where the sender
 * must not know. Called with something that has no Web `Request`, it is rejected with a `TypeError` that names the entry of
 * this package that takes it.
 *
 * @param input - What the host calls a handler with.
 * @param second - What else the host gives, such as the environment of Workers.
 * @param third - The same, such as their context. From one with `waitUntil`, the handler can go on after its answer.
 */
export type WebHandler = (input: HandlerInput, second?: unknown, third?: HostContext) => Promise<Response>;

/**
 * Makes a handler that verifies a delivery, processes its event once, and answers as Docutray expects.
 *
 * @throws {@link WebhookError} `invalid_config`, whose `field` names the option.
 */
export function webHandler(options: HandlerOptions): WebHandler {
  const receiver = new Receiver(options);
  return async (...given) => {
    let request: HandlerRequest;
    try {
      request = requestOf(given);
    } catch (error) {
      return response(refuseCall(receiver, error as TypeError, given));
    }
    return response(await receiver.receive(() => incoming(request, given)));
  };
}

function incoming(request: HandlerRequest, given: readonly unknown[]): Incoming {
  const { method, headers } = request;
  const [input, ...platform] = given;
  return {
    method,
    headers,
    contentType: headers.get("content-type") ?? undefined,
    contentEncoding: headers.get("content-encoding") ?? undefined,
    contentLength: headers.get("content-length") ?? undefined,
    body: () => wholeBody(request),
    // A request has none of its own, but on Next's edge one that throws.
    waitUntil: findWaitUntil(input === request ? platform : given),
  };
}

function response({ status, headers, body }: Answer): Response {
  return new Response(body, { status, headers });
}
