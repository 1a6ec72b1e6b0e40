import type { Body } from "../body.js";
import { bodyChunks, type WebRequest } from "../request.js";
import { valueKind } from "../value-kind.js";

/** The parts of a Web `Request` that a handler uses. */
export interface HandlerRequest extends WebRequest {
  readonly method: string;
  readonly headers: Iterable<[string, string]> & { get(name: string): string | null };
}

/**
 * The argument with which Web-standard frameworks call a handler: the request itself (Workers, Deno, Bun, Next.js), an event
 * that contains it (SvelteKit, Astro, Pages), or Hono's context.
 */
export type HandlerInput =
  | HandlerRequest
  | { readonly request: HandlerRequest }
  | { readonly req: { readonly raw: HandlerRequest } };

/** Returns the request that the input is or contains. */
export function requestOf(input: HandlerInput): HandlerRequest {
  if (typeof input === "object" && input !== null) {
    // Checked first, because reading `request` of a request on Next's edge throws.
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

/** Yields the body's chunks. Leaves a refused body unread, since cancelling it could cost the sender the answer. */
export function wholeBody(request: HandlerRequest): AsyncIterable<Body> {
  return bodyChunks(request, "left");
}
