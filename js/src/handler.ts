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
 * Without `secret` and `url` it reads the environment variables `DOCUTRAY_WEBHOOK_SECRET` and `DOCUTRAY_WEBHOOK_URL` when the module is
 * loaded. `next build` loads routes: if it runs without these variables, pass functions, as examples/next does. On Workers, pass
 * those of `import { env } from "cloudflare:workers"`.
 *
 * **In Astro, also add `export const prerender = false`**, unless its `output` is `"server"`. A prerendered endpoint answers
 * every delivery with 200 without calling the handler.
 *
 * @packageDocumentation
 * @module docutray-webhook/handler
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
 * Takes a delivery and returns the answer. It never rejects for a request: a failure is answered, and written to the option
 * `logger` if the sender must not know it. If it is called without a Web `Request`, it rejects with a `TypeError` that names the
 * right entry of this package.
 *
 * @param input - The host's first argument: a `Request`, or an object that contains one.
 * @param second - The host's second argument, such as the environment on Workers.
 * @param third - The host's third argument, such as the context on Workers. If it has `waitUntil`, a slow handler goes on
 * after the answer.
 */
export type WebHandler = (input: HandlerInput, second?: unknown, third?: HostContext) => Promise<Response>;

/**
 * Makes a handler that verifies a delivery, processes its event once, and answers as Docutray expects.
 *
 * @throws `WebhookError` `invalid_config`, whose `field` names the option.
 */
export function webHandler(options: HandlerOptions): WebHandler {
  const receiver = new Receiver(options);
  // With a first parameter of its own: Deno gives no request to a handler whose `length` is 0.
  return async (input, ...platform) => {
    const given = [input, ...platform];
    let request: HandlerRequest;
    try {
      request = requestOf(given);
    } catch (error) {
      return response(refuseCall(receiver, error as TypeError, given));
    }
    const { answer } = await receiver.receive(() => incoming(request, given));
    return response(answer);
  };
}

function incoming(request: HandlerRequest, given: readonly unknown[]): Incoming {
  const { method, headers } = request;
  const [input, ...platform] = given;
  return {
    method,
    url: () => request.url ?? "http://localhost/",
    headers,
    contentType: headers.get("content-type") ?? undefined,
    contentEncoding: headers.get("content-encoding") ?? undefined,
    contentLength: headers.get("content-length") ?? undefined,
    body: () => wholeBody(request),
    // Some inputs have a `waitUntil`. A request does not, and on Next's edge reading it throws.
    waitUntil: findWaitUntil(input === request ? platform : given),
  };
}

function response({ status, headers, body }: Answer): Response {
  return new Response(body, { status, headers });
}
