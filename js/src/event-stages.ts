// The events by their stage: work has begun, is done, or has failed. The stage is the end of the name, as in the core.

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

/** What `event.type` may be: the names of the events that this version knows, and `"UNKNOWN"` for all others. */
export type WebhookEventType = WebhookEvent["type"];

/** A conversion, an identification or a step has begun: the events whose names end in `_STARTED`. */
export type StartedEvent = ConversionStartedEvent | IdentificationStartedEvent | StepStartedEvent;
/** A conversion, an identification or a step is done: the events whose names end in `_COMPLETED`. */
export type CompletedEvent = ConversionCompletedEvent | IdentificationCompletedEvent | StepCompletedEvent;
/** A conversion, an identification or a step has failed: the events whose names end in `_FAILED`. */
export type FailedEvent = ConversionFailedEvent | IdentificationFailedEvent | StepFailedEvent;

/** Whether something has begun. An event of the type `"UNKNOWN"` is at no stage, whatever its name. */
export function isStarted(event: WebhookEvent): event is StartedEvent {
  return event.type.endsWith("_STARTED");
}

/** Whether something is done. An event of the type `"UNKNOWN"` is at no stage, whatever its name. */
export function isCompleted(event: WebhookEvent): event is CompletedEvent {
  return event.type.endsWith("_COMPLETED");
}

/** Whether something has failed. An event of the type `"UNKNOWN"` is at no stage, whatever its name. */
export function isFailed(event: WebhookEvent): event is FailedEvent {
  return event.type.endsWith("_FAILED");
}
