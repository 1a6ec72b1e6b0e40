import type { Body } from "../body.js";
import { bodyChunks, type WebRequest } from "../request.js";
import { isWebRequest, member, wrongArguments } from "../right-entry.js";

/** The parts of a Web `Request` that a handler uses. */
export interface HandlerRequest extends WebRequest {
  readonly method: string;
  readonly headers: Iterable<[string, string]> & { get(name: string): string | null };
}

/**
 * What Web-standard frameworks call a handler with: the request itself (Workers, Deno, Bun, Next.js, Azure Functions), an
 * event that has it (SvelteKit, Astro, Pages, Elysia, h3 2), or Hono's context.
 */
export type HandlerInput =
  | HandlerRequest
  | { readonly request: HandlerRequest }
  | { readonly req: HandlerRequest | { readonly raw: HandlerRequest } };

/**
 * What a host gives beside the input, from its second argument on: anything but a response of Node's, so that a compiler
 * sees a handler that stands in an Express application.
 */
export type HostContext = { toString(): string; readonly setHeader?: never } | null | undefined;

/**
 * The request in what a handler was called with.
 *
 * @throws `TypeError` where there is none: it names the entry that fits.
 */
export function requestOf(given: readonly unknown[]): HandlerRequest {
  const [input] = given;
  const req = member(input, "req");
  // The input itself first: a request of Next's edge has a `request`, too.
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
