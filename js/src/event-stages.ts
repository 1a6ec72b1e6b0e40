// The stage of an event: something has started, is completed, or has failed. As in the core, the end of the name tells it.

import type {
  ConversionCompletedEvent,
  ConversionFailedEvent,
  ConversionStartedEvent,
  IdentificationCompletedEvent,
  IdentificationFailedEvent,
  IdentificationStartedEvent,
  StepCompletedEvent,
  StepFailedEvent,
  StepStartedEvent,
  WebhookEvent,
} from "./event.js";

/** All values of `event.type`: the names of the events that this version knows, and `"UNKNOWN"` for any other. */
export type WebhookEventType = WebhookEvent["type"];

/** An event that says that a conversion, an identification or a step has started: its name ends in `_STARTED`. */
export type StartedEvent = ConversionStartedEvent | IdentificationStartedEvent | StepStartedEvent;
/** An event that brings the result of a conversion, an identification or a step: its name ends in `_COMPLETED`. */
export type CompletedEvent = ConversionCompletedEvent | IdentificationCompletedEvent | StepCompletedEvent;
/** An event that says that a conversion, an identification or a step has failed: its name ends in `_FAILED`. */
export type FailedEvent = ConversionFailedEvent | IdentificationFailedEvent | StepFailedEvent;

/** Whether an event says that something has started. False for the type `"UNKNOWN"`, whatever the event's name. */
export function isStarted(event: WebhookEvent): event is StartedEvent {
  return event.type.endsWith("_STARTED");
}

/** Whether an event brings a result. False for the type `"UNKNOWN"`, whatever the event's name. */
export function isCompleted(event: WebhookEvent): event is CompletedEvent {
  return event.type.endsWith("_COMPLETED");
}

/** Whether an event says that something has failed. False for the type `"UNKNOWN"`, whatever the event's name. */
export function isFailed(event: WebhookEvent): event is FailedEvent {
  return event.type.endsWith("_FAILED");
}
