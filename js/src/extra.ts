import type { WebhookEvent } from "./event.js";
import type { DocumentType, JsonValue, Messages, StepIdentification, Validation } from "./payload.js";

/** A payload, or an object with known fields inside of one: Docutray may add fields to each. */
export type PayloadRecord = WebhookEvent["payload"] | DocumentType | StepIdentification | Validation | Messages;

/** Any field by its name. */
export type ExtraFields = { readonly [name: string]: JsonValue | undefined };

/**
 * Fields that Docutray has added and that no type here knows yet.
 *
 * ```ts
 * const { page_count } = extra(event.payload);
 * if (typeof page_count === "number") { ... }
 * ```
 *
 * It gives the same object, typed for any name: nothing is copied, and nothing of such a field was checked.
 */
export function extra(record: PayloadRecord): ExtraFields {
  return record as object as ExtraFields;
}
