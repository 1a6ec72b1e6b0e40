import type { StepCompletedEvent } from "../event.js";
import type { StepCompleted } from "../payload.js";
import type { EventHandler } from "../receiver/handlers.js";
import type { Lease } from "../receiver/lease.js";
import type { SchemaOutput } from "./standard-schema.js";
import { typedData, type Schemas } from "./typed-data.js";

/** A schema for each step, by its `step_id`. */
export type StepSchemas = Schemas;

/** The payload of a `STEP_COMPLETED` whose step has a schema. */
export interface StepResult<StepId extends string, Data> extends Omit<StepCompleted, "step_id" | "data"> {
  step_id: StepId;
  /** The schema's output. */
  data: Data;
}

/** A `STEP_COMPLETED` whose step has a schema. */
export interface StepEvent<StepId extends string, Data> extends Omit<StepCompletedEvent, "payload"> {
  payload: StepResult<StepId, Data>;
}

/** A handler for each step that has a schema, and `"*"` for all other steps, whose data is not checked. */
export type StepHandlers<Schemas extends StepSchemas> = {
  readonly [StepId in Exclude<keyof Schemas & string, "*">]: (event: StepEvent<StepId, SchemaOutput<Schemas[StepId]>>, lease: Lease) => unknown;
} & { readonly "*"?: EventHandler<StepCompletedEvent> | undefined };

const BY_STEP_ID = {
  caller: "steps",
  what: "step",
  nameOf: ({ payload }: StepCompletedEvent) => payload.step_id,
};

/**
 * Handles `STEP_COMPLETED` by `step_id`, in the way in which `documents` handles conversions by document type. The step
 * decides what its data is; a document type is only in some of its events.
 *
 * ```ts
 * const on = {
 *   ...documents({ invoice: Invoice }, { invoice: save }),
 *   ...steps({ step_extract: Extract }, { step_extract: (event) => save(event.payload.data) }),
 * };
 * ```
 *
 * @returns Handlers for the option `on`.
 * @throws The same as `documents`.
 */
export function steps<Schemas extends StepSchemas>(
  schemas: Schemas,
  handlers: StepHandlers<Schemas>,
): { readonly STEP_COMPLETED: EventHandler<StepCompletedEvent> } {
  return { STEP_COMPLETED: typedData(BY_STEP_ID, schemas, handlers) };
}
