import type { Body } from "../body.js";
import { bodyChunks, type WebRequest } from "../request.js";
import { valueKind } from "../value-kind.js";

/** As much of a Web `Request` as a handler uses. */
export interface HandlerRequest extends WebRequest {
  readonly method: string;
  readonly headers: Iterable<[string, string]> & { get(name: string): string | null };
}

/**
 * What Web-standard frameworks call a handler with: the request itself (Workers, Deno, Bun, Next.js), an event that has it
 * (SvelteKit, Astro, Pages), or Hono's context.
 */
export type HandlerInput =
  | HandlerRequest
  | { readonly request: HandlerRequest }
  | { readonly req: { readonly raw: HandlerRequest } };

/** The request in it. */
export function requestOf(input: HandlerInput): HandlerRequest {
  if (typeof input === "object" && input !== null) {
    // First: a request of Next's edge has a `request` too, whose getter throws.
    if ("headers" in input && typeof input.headers.get === "function") {
      return input;
    }
    if ("request" in input) {
      return input.request;
    }
    if ("req" in input) {
      return input.req.raw;
    }
  }
  throw new TypeError(
    `the handler takes a Web Request, or what SvelteKit, Astro and Hono call a handler with, but got ${valueKind(input)}. ` +
      "For Node's request and Express: nodeHandler of docutray-webhook/node; for AWS Lambda: docutray-webhook/lambda",
  );
}

/** The body's chunks. What is refused is left where it is, since its end could cost the sender the answer. */
export function wholeBody(request: HandlerRequest): AsyncIterable<Body> {
  return bodyChunks(request, "left");
}
