import type { WebhookEvent } from "./event.js";
import type { DocumentType, JsonValue, Messages, StepIdentification, Validation } from "./payload.js";

/** A payload, or one of the objects with known fields that a payload contains. Docutray may add fields to each of them. */
export type PayloadRecord = WebhookEvent["payload"] | DocumentType | StepIdentification | Validation | Messages;

/** An object of which any field may be read by its name. */
export type ExtraFields = { readonly [name: string]: JsonValue | undefined };

/**
 * Gives access to fields that Docutray has added and that this version's types do not declare.
 *
 * ```ts
 * const { page_count } = extra(event.payload);
 * if (typeof page_count === "number") { ... }
 * ```
 *
 * It returns the same object with another type, and copies nothing. Check the type of such a field yourself.
 */
export function extra(record: PayloadRecord): ExtraFields {
  return record as object as ExtraFields;
}
