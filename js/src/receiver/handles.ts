import type { WebhookEvent } from "../event.js";

/** Where a handler keeps which events it handles. A registered symbol, since a bundle may contain this package twice. */
const HANDLES = Symbol.for("docutray-webhook.handles");

/** Whether a handler handles an event of its type. */
export type Handles<Event> = (event: Event) => boolean;

/** Marks a handler that handles only some of the events of its type. The receiver gives the others to `"*"`. */
export function handlingOnly<Handler extends object, Event extends WebhookEvent>(handler: Handler, handles: Handles<Event>): Handler {
  return Object.defineProperty(handler, HANDLES, { value: handles });
}

/** Returns which events of its type a handler handles: all, unless it is marked. */
export function handledBy(handler: object): Handles<WebhookEvent> {
  const { [HANDLES]: handles } = handler as { [HANDLES]?: Handles<WebhookEvent> };
  return handles ?? (() => true);
}
