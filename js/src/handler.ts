/**
 * A handler for every host that speaks `Request` and `Response`: Workers, Deno, Bun, Hono, Next.js, SvelteKit, Astro.
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
 * It is made when the module is loaded, and needs its settings then. `next build` loads routes: where it has no secret,
 * make the handler at the first request, as examples/next does.
 *
 * **Astro needs `export const prerender = false` beside it**, unless its `output` is `"server"`: an endpoint that was
 * prerendered answers every delivery with 200 and calls nobody.
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
 * Takes a delivery and answers it. Never rejected: what goes wrong is an answer, and on `console.error` where the sender
 * must not know.
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
      // A request has none of its own, but on Next's edge one that throws.
      waitUntil: findWaitUntil(input === request ? platform : [input, ...platform]),
    });
    return new Response(body, { status, headers });
  };
}
