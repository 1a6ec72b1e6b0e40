// The flooded application: two handlers, and a report about its process for the test.
import { SECRET, URL as REGISTERED } from "../settings.mjs";
import { BUDGET, LEFT_OPEN } from "./terms.mjs";

const each = { secret: SECRET, bodyBudget: BUDGET, on: { CONVERSION_COMPLETED() {} } };

/** The options of the handler at each path. */
export const OPTIONS = {
  "/hooks": { ...each, url: REGISTERED },
  "/body-only": { ...each, url: false },
};

let arrived = 0;

/** Counts a request that its sender leaves open, once the host has passed it on. */
export function arrives(request, marked) {
  if (marked) {
    arrived += 1;
  }
  return request;
}

/** Returns the answer for other paths. */
export function told(path) {
  return JSON.stringify(path === "/heap" ? heapBytes() : arrived);
}

/** Returns the bytes held by objects and buffers after a garbage collection. A Worker cannot report it. */
function heapBytes() {
  const collect = globalThis.Bun ? () => globalThis.Bun.gc(true) : globalThis.gc;
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Returns the whole application, for hosts with `Request` and `Response`. */
export function application(handlerOf) {
  const handlers = new Map(Object.entries(OPTIONS).map(([path, options]) => [path, handlerOf(options)]));
  return async (request, ...platform) => {
    const { pathname } = new URL(request.url);
    const handler = handlers.get(pathname);
    return handler?.(arrives(request, request.headers.has(LEFT_OPEN)), ...platform) ?? new Response(told(pathname));
  };
}
