import type { ConversionCompletedEvent } from "../event.js";
import type { ConversionCompleted } from "../payload.js";
import type { EventHandler } from "../receiver/handlers.js";
import type { Lease } from "../receiver/lease.js";
import type { SchemaOutput } from "./standard-schema.js";
import { typedData, type Schemas } from "./typed-data.js";

/** A schema for each document type, by its code. */
export type DocumentSchemas = Schemas;

/** The payload of a `CONVERSION_COMPLETED` whose document type has a schema. */
export interface Document<Code extends string, Data> extends Omit<ConversionCompleted, "document_type_code" | "data"> {
  document_type_code: Code;
  /** What the schema has made of the document's data. */
  data: Data;
}

/** A `CONVERSION_COMPLETED` whose document type has a schema. */
export interface DocumentEvent<Code extends string, Data> extends Omit<ConversionCompletedEvent, "payload"> {
  payload: Document<Code, Data>;
}

/** A handler for each document type that has a schema, and `"*"` for all others, whose data is not checked. */
export type DocumentHandlers<Schemas extends DocumentSchemas> = {
  readonly [Code in Exclude<keyof Schemas & string, "*">]: (event: DocumentEvent<Code, SchemaOutput<Schemas[Code]>>, lease: Lease) => unknown;
} & { readonly "*"?: EventHandler<ConversionCompletedEvent> | undefined };

const DISTINCTION = {
  caller: "documents",
  what: "document type",
  nameOf: ({ payload }: ConversionCompletedEvent) => payload.document_type_code,
};

/**
 * Handles `CONVERSION_COMPLETED` by document type: the data of each type is what its schema makes of it.
 *
 * ```ts
 * const on = {
 *   ...documents({ invoice: Invoice }, { invoice: (event) => save(event.payload.data.total), "*": review }),
 *   CONVERSION_FAILED: (event) => alert(event.payload.error),
 * };
 * ```
 *
 * A schema may be asynchronous, and may change the data: the handler gets its output. Data that it refuses is unfit
 * (`malformed_payload`): see `onUnfit` of the handler's options. The error's `field` is the path of the schema's first
 * issue, `data.total`; the schema's messages are left out, since they may quote the document. A schema that throws has
 * failed as a handler does: 500.
 *
 * Without `"*"` a document of another type is taken, and nothing is done with it.
 *
 * @returns The handler, under its event: for the option `on`.
 * @throws {@link WebhookError} `invalid_config` with everything that is wrong with the schemas and handlers; `TypeError`
 * for what are no objects.
 */
export function documents<Schemas extends DocumentSchemas>(
  schemas: Schemas,
  handlers: DocumentHandlers<Schemas>,
): { readonly CONVERSION_COMPLETED: EventHandler<ConversionCompletedEvent> } {
  return { CONVERSION_COMPLETED: typedData(DISTINCTION, schemas, handlers) };
}
