// Finds the entry of this package that fits the arguments with which a handler was called.

import { valueKind } from "./value-kind.js";

/** Reads a member of any value. Returns `undefined` if the getter throws, as some frameworks' do. */
export function member(value: unknown, name: PropertyKey): unknown {
  try {
    return (value as Record<PropertyKey, unknown> | null | undefined)?.[name];
  } catch {
    return undefined;
  }
}

/** Whether the value is a Web `Request`, or has its members, as Azure's `HttpRequest` has. */
export function isWebRequest(value: unknown): boolean {
  return typeof member(value, "bodyUsed") === "boolean" && isFunction(member(member(value, "headers"), "get"));
}

/** Whether the value is a request of `node:http` or `node:http2`. Express extends these. */
export function isNodeRequest(value: unknown): boolean {
  // Requests of Koa and Fastify have a method, but are not streams and have no `on`.
  return typeof member(value, "method") === "string" && isFunction(member(value, "on"));
}

/** Whether the value is a response of `node:http` or `node:http2`. Express extends these. */
export function isNodeResponse(value: unknown): boolean {
  return isFunction(member(value, "setHeader")) && isFunction(member(value, "end"));
}

const OTHERS =
  "A Web Request: webHandler of docutray-webhook/handler; Node's request and response, Express: nodeHandler of " +
  "docutray-webhook/node; Fastify: fastifyWebhook of docutray-webhook/node; AWS Lambda: lambdaHandler of docutray-webhook/lambda";

/** Returns the error for a handler that was called with wrong arguments. The message names the right entry. */
export function wrongArguments(handler: string, takes: string, given: readonly unknown[]): TypeError {
  return new TypeError(`${handler} takes ${takes}, but got ${kinds(given)}. ${rightEntry(given) ?? OTHERS}`);
}

function kinds(given: readonly unknown[]): string {
  return given.length === 0 ? "nothing" : given.slice(0, 2).map(valueKind).join(" and ");
}

/** Says which entry fits the arguments. Returns `undefined` if they fit none. */
export function rightEntry([first, second]: readonly unknown[]): string | undefined {
  return CALLS.find(({ isIt }) => isIt(first, second))?.advice;
}

/** The arguments with which hosts call a handler. The first match counts. */
const CALLS: readonly { readonly isIt: (first: unknown, second: unknown) => boolean; readonly advice: string }[] = [
  {
    isIt: (input) =>
      [input, member(input, "request"), member(input, "req"), member(member(input, "req"), "raw")].some(isWebRequest),
    advice: "For a Web Request, Hono, SvelteKit, Astro, Elysia and h3 2: webHandler of docutray-webhook/handler",
  },
  {
    // An event of h3 2 has `node`, too, but also a Web Request.
    isIt: (event) => isNodePair(member(event, "node"), "req", "res"),
    advice:
      "For h3 1 and Nitro 2: defineEventHandler((event) => handler(toWebRequest(event))), with handler = webHandler({ ... }) of " +
      "docutray-webhook/handler",
  },
  {
    isIt: (request, reply) => isNodeRequest(member(request, "raw")) && isFunction(member(reply, "send")),
    advice:
      "For Fastify: await app.register(fastifyWebhook, { path, secret, url, on }), with fastifyWebhook of docutray-webhook/node, which " +
      "gets the raw body that Fastify's parsers lose. For NestJS on Fastify: the same, with the Nest application as app",
  },
  {
    isIt: (context) => isNodePair(context, "req", "res"),
    advice:
      "For Koa: ctx.respond = false, then await handler(ctx.req, ctx.res), with handler = nodeHandler({ ... }) of docutray-webhook/node",
  },
  {
    isIt: (request, response) => isNodeRequest(request) || isNodeResponse(response),
    advice: "For Node's request and response, and for Express: nodeHandler of docutray-webhook/node, with both of them",
  },
  {
    isIt: (event) => ["requestContext", "httpMethod"].some((name) => member(event, name) !== undefined),
    advice: "For AWS Lambda: lambdaHandler of docutray-webhook/lambda",
  },
];

function isNodePair(value: unknown, request: string, response: string): boolean {
  return isNodeRequest(member(value, request)) && isNodeResponse(member(value, response));
}

function isFunction(value: unknown): boolean {
  return typeof value === "function";
}
