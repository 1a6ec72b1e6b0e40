import { eventNames, type WebhookEvent } from "../event.js";
import { invalidConfig, nearest, read, unknownNames } from "../options.js";
import type { Lease } from "./lease.js";

/**
 * Processes an event. When it returns, or its promise is fulfilled, the event is done and never handled again; when it
 * throws, the delivery is answered 500 and Docutray's retry gets another try.
 *
 * One that never ends keeps its event from everybody until its process ends, and Docutray gives up meanwhile: what it
 * waits for needs a timeout.
 */
export type EventHandler<Event extends WebhookEvent> = (event: Event, lease: Lease) => unknown;

/** A handler for each event by its type, `UNKNOWN` among them, and `"*"` for those without one of their own. */
export type EventHandlers = {
  readonly [Type in WebhookEvent["type"]]?: EventHandler<Extract<WebhookEvent, { type: Type }>> | undefined;
} & { readonly "*"?: EventHandler<WebhookEvent> | undefined };

/** Finds the handler of an event. */
export type FindHandler = (event: WebhookEvent) => EventHandler<WebhookEvent> | undefined;

const ALL_OTHERS = "*";

/**
 * @throws {@link WebhookError} `invalid_config`: a name that no event has, a handler that is no function, or no handler at
 * all, which would acknowledge every event and forget it.
 */
export function findHandler(on: unknown): FindHandler {
  if (typeof on !== "object" || on === null || Symbol.iterator in on) {
    throw invalidConfig("on", 'has to be an object of handlers by event: { CONVERSION_COMPLETED: async (event) => {}, "*": ... }');
  }
  const names = [...eventNames(), ALL_OTHERS];
  const [unknown] = unknownNames(on, names, isLikeAnEvent);
  if (unknown !== undefined) {
    const meant = nearest(unknown, names);
    throw invalidConfig("on", `has a name that is no event: ${unknown}; ${meant ? `did you mean ${meant}?` : `there are ${names.join(", ")}`}`);
  }
  const handlers = handlersByName(on, names);
  if (handlers.size === 0) {
    throw invalidConfig("on", 'has no handler, so every event would be acknowledged and forgotten: to do just that, pass { "*": () => {} }');
  }
  return ({ type }) => handlers.get(type) ?? handlers.get(ALL_OTHERS);
}

/** By name, since a class has its methods on its prototype: not found, their events would be acknowledged and lost. */
function handlersByName(on: object, names: readonly string[]): Map<string, EventHandler<WebhookEvent>> {
  const handlers = new Map<string, EventHandler<WebhookEvent>>();
  for (const name of names) {
    const handler = read(on, name);
    if (handler !== undefined && typeof handler !== "function") {
      throw invalidConfig("on", `has to have a function for ${name}`);
    }
    if (handler !== undefined) {
      handlers.set(name, handler.bind(on) as EventHandler<WebhookEvent>);
    }
  }
  return handlers;
}

/** A class may have methods of its own beside its handlers; one in capitals was meant to be a handler. */
function isLikeAnEvent(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name);
}
