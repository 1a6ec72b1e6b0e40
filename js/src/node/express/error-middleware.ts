import { layerOf, running, type ExpressRequest } from "./stack.js";

/** Express recognises error middleware by its number of parameters. */
const PARAMETERS = 4;

/**
 * Whether the application has error middleware that runs after the handler. Without any, Express itself takes the error: it prints it
 * a second time, closes the connection, and throws if the error cannot be shown.
 */
export function hasErrorMiddleware(request: ExpressRequest, handler: object): boolean {
  try {
    const trails = [...running(request)];
    const place = trails.findIndex((trail) => layerOf(trail).handle === handler);
    const functions = trails.slice(place + 1).map((trail) => layerOf(trail).handle);
    return functions.some((handle) => typeof handle === "function" && handle.length === PARAMETERS);
  } catch {
    // It is not Express, or not a known version.
    return false;
  }
}
