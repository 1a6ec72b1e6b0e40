import type { Body } from "../body.js";
import { bodyChunks, type WebRequest } from "../request.js";
import { isWebRequest, member, wrongArguments } from "../right-entry.js";

/** The parts of a Web `Request` that a handler uses. */
export interface HandlerRequest extends WebRequest {
  readonly method: string;
  readonly url?: string;
  readonly headers: Iterable<[string, string]> & { get(name: string): string | null };
}

/**
 * The argument with which Web-standard frameworks call a handler: the request itself (Workers, Deno, Bun, Next.js, Azure
 * Functions), an object that contains it (SvelteKit, Astro, Pages, Elysia, h3 2), or Hono's context.
 */
export type HandlerInput =
  | HandlerRequest
  | { readonly request: HandlerRequest }
  | { readonly req: HandlerRequest | { readonly raw: HandlerRequest } };

/**
 * The host's third argument. Any value but a response of Node: so the compiler rejects this handler in an Express
 * application, which would call it with one.
 */
export type HostContext = { toString(): string; readonly setHeader?: never } | null | undefined;

/**
 * Returns the request that the first argument is or contains.
 *
 * @throws `TypeError` if there is no request. Its message names the right entry.
 */
export function requestOf(given: readonly unknown[]): HandlerRequest {
  const [input] = given;
  const req = member(input, "req");
  // The input comes first, because reading `request` of a request on Next's edge throws.
  const places = [() => input, () => member(input, "request"), () => req, () => member(req, "raw")];
  for (const place of places) {
    const found = place();
    if (isWebRequest(found)) {
      return found as HandlerRequest;
    }
  }
  throw wrongArguments("the handler of webHandler", "a Web Request, or what a Web framework calls a handler with", given);
}

/** Yields the body's chunks. Leaves a refused body unread, since cancelling it could cost the sender the answer. */
export function wholeBody(request: HandlerRequest): AsyncIterable<Body> {
  return bodyChunks(request, "left");
}
