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
import { requestOf, wholeBody, type HandlerInput } from "./handler/request.js";
import { findWaitUntil } from "./handler/wait-until.js";
import type { HandlerOptions } from "./receiver/options.js";
import { Receiver } from "./receiver/receiver.js";

export type { HandlerInput, HandlerRequest } from "./handler/request.js";
export type * from "./handler-types.js";

/**
 * Takes a delivery and returns the answer. It never rejects: a failure is answered, and logged to `console.error` if
 * the sender must not know it.
 */
export type WebHandler = (input: HandlerInput, ...platform: unknown[]) => Promise<Response>;

/**
 * Makes a handler that verifies a delivery, processes its event once, and answers as Docutray expects.
 *
 * @throws {@link WebhookError} `invalid_config`, whose `field` names the option.
 */
export function webHandler(options: HandlerOptions): WebHandler {
  const receiver = new Receiver(options);
  return async (input, ...platform) => {
    const request = requestOf(input);
    const { status, headers, body } = await receiver.receive({
      method: request.method,
      headers: request.headers,
      contentType: request.headers.get("content-type") ?? undefined,
      contentEncoding: request.headers.get("content-encoding") ?? undefined,
      contentLength: request.headers.get("content-length") ?? undefined,
      body: () => wholeBody(request),
      // Some inputs have a `waitUntil`. A request does not, and on Next's edge reading it throws.
      waitUntil: findWaitUntil(input === request ? platform : [input, ...platform]),
    });
    return new Response(body, { status, headers });
  };
}
