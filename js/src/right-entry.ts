// Which entry of the package takes what a handler was called with.

import { valueKind } from "./value-kind.js";

/** Reads a member of anything. Some frameworks' getters throw. */
export function member(value: unknown, name: PropertyKey): unknown {
  try {
    return (value as Record<PropertyKey, unknown> | null | undefined)?.[name];
  } catch {
    return undefined;
  }
}

/** A Web `Request`, or what has the same members, as Azure's `HttpRequest` does. */
export function isWebRequest(value: unknown): boolean {
  return typeof member(value, "bodyUsed") === "boolean" && isFunction(member(member(value, "headers"), "get"));
}

/** A request of `node:http` or `node:http2`, or a framework's that is one. */
export function isNodeRequest(value: unknown): boolean {
  // A request of Koa or Fastify has a method, and is no stream.
  return typeof member(value, "method") === "string" && isFunction(member(value, "on"));
}

/** A response of `node:http` or `node:http2`, or a framework's that is one. */
export function isNodeResponse(value: unknown): boolean {
  return isFunction(member(value, "setHeader")) && isFunction(member(value, "end"));
}

const OTHERS =
  "A Web Request: webHandler of docutray-webhook/handler; Node's request and response, Express: nodeHandler of " +
  "docutray-webhook/node; Fastify: fastifyWebhook of docutray-webhook/node; AWS Lambda: lambdaHandler of docutray-webhook/lambda";

/** The error of a handler that was called with what another one takes, or none: it names the one that fits. */
export function wrongArguments(handler: string, takes: string, given: readonly unknown[]): TypeError {
  return new TypeError(`${handler} takes ${takes}, but got ${kinds(given)}. ${rightEntry(given) ?? OTHERS}`);
}

function kinds(given: readonly unknown[]): string {
  return given.length === 0 ? "nothing" : given.slice(0, 2).map(valueKind).join(" and ");
}

/** Which entry takes what a handler was called with, where that can be told. */
export function rightEntry([first, second]: readonly unknown[]): string | undefined {
  return CALLS.find(({ isIt }) => isIt(first, second))?.advice;
}

/** How hosts call their handlers, the more particular first. */
const CALLS: readonly { readonly isIt: (first: unknown, second: unknown) => boolean; readonly advice: string }[] = [
  {
    isIt: (input) =>
      [input, member(input, "request"), member(input, "req"), member(member(input, "req"), "raw")].some(isWebRequest),
    advice: "For a Web Request, Hono, SvelteKit, Astro, Elysia and h3 2: webHandler of docutray-webhook/handler",
  },
  {
    // That of h3 2 has a Web Request, too.
    isIt: (event) => isNodePair(member(event, "node"), "req", "res"),
    advice:
      "For h3 1 and Nitro 2: defineEventHandler((event) => handler(toWebRequest(event))), with handler = webHandler({ ... }) of " +
      "docutray-webhook/handler",
  },
  {
    isIt: (request, reply) => isNodeRequest(member(request, "raw")) && isFunction(member(reply, "send")),
    advice:
      "For Fastify: await app.register(fastifyWebhook, { path, secret, url, on }), with fastifyWebhook of docutray-webhook/node; it " +
      "is no handler of a route, since a route's parsers lose the raw body. NestJS on Fastify is the same, with the Nest application",
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
