import { eventNames, type WebhookEvent } from "../event.js";
import { invalidConfig, nearest, read, unknownNames } from "../options.js";
import { handledBy, type Handles } from "./handles.js";
import type { Lease } from "./lease.js";

/**
 * Processes an event. When it returns, or its promise is fulfilled, the event is done and never handled again. When it throws,
 * the delivery is answered 500 and Docutray retries. An `UnfitPayload` that it throws sends the delivery to `onUnfit` instead.
 *
 * A handler that never ends keeps its event from all workers until its process ends, and Docutray gives up meanwhile. So give
 * everything that it waits for a timeout.
 */
export type EventHandler<Event extends WebhookEvent> = (event: Event, lease: Lease) => unknown;

/** A handler for each type of event, `UNKNOWN` included, and `"*"` for types without their own handler. */
export type EventHandlers = {
  readonly [Type in WebhookEvent["type"]]?: EventHandler<Extract<WebhookEvent, { type: Type }>> | undefined;
} & { readonly "*"?: EventHandler<WebhookEvent> | undefined };

/** Returns the handler of an event. */
export type FindHandler = (event: WebhookEvent) => EventHandler<WebhookEvent> | undefined;

const ALL_OTHERS = "*";

/**
 * @throws {@link WebhookError} `invalid_config` for a name that no event has, for a handler that is not a function, or if there
 * is no handler, since every event would then be acknowledged and lost.
 */
export function findHandler(on: unknown): FindHandler {
  if (typeof on !== "object" || on === null || Symbol.iterator in on) {
    throw invalidConfig("on", 'has to be an object of handlers by event: { CONVERSION_COMPLETED: async (event) => {}, "*": ... }');
  }
  const names = [...eventNames(), ALL_OTHERS];
  const [unknown] = unknownNames(on, names, isLikeAnEvent);
  if (unknown !== undefined) {
    const meant = nearest(unknown, names);
    throw invalidConfig("on", `has a name that is not an event's: ${unknown}; ${meant ? `did you mean ${meant}?` : `there are ${names.join(", ")}`}`);
  }
  const handlers = handlersByName(on, names);
  if (handlers.size === 0) {
    throw invalidConfig("on", 'has no handler, so every event would be acknowledged and forgotten: to do just that, pass { "*": () => {} }');
  }
  return (event) => {
    const own = handlers.get(event.type);
    return own?.handles(event) ? own.handler : handlers.get(ALL_OTHERS)?.handler;
  };
}

interface Handling {
  readonly handler: EventHandler<WebhookEvent>;
  readonly handles: Handles<WebhookEvent>;
}

/** Looks handlers up by name, since a class has its methods on its prototype. Events of methods not found would be lost. */
function handlersByName(on: object, names: readonly string[]): Map<string, Handling> {
  const handlers = new Map<string, Handling>();
  for (const name of names) {
    const handler = read(on, name);
    if (handler !== undefined && typeof handler !== "function") {
      throw invalidConfig("on", `has to have a function for ${name}`);
    }
    if (handler !== undefined) {
      handlers.set(name, { handler: handler.bind(on) as EventHandler<WebhookEvent>, handles: handledBy(handler) });
    }
  }
  return handlers;
}

/** Whether a name looks like an event's. A class may have other methods, but one in capitals is meant as a handler. */
function isLikeAnEvent(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name);
}
