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
  /** The schema's output. */
  data: Data;
}

/** A `CONVERSION_COMPLETED` whose document type has a schema. */
export interface DocumentEvent<Code extends string, Data> extends Omit<ConversionCompletedEvent, "payload"> {
  payload: Document<Code, Data>;
}

/** A handler for each document type that has a schema, and `"*"` for all other types, whose data is not checked. */
export type DocumentHandlers<Schemas extends DocumentSchemas> = {
  readonly [Code in Exclude<keyof Schemas & string, "*">]: (event: DocumentEvent<Code, SchemaOutput<Schemas[Code]>>, lease: Lease) => unknown;
} & { readonly "*"?: EventHandler<ConversionCompletedEvent> | undefined };

const BY_CODE = {
  caller: "documents",
  what: "document type",
  nameOf: ({ payload }: ConversionCompletedEvent) => payload.document_type_code,
};

/**
 * Handles `CONVERSION_COMPLETED` by document type. The handler of a type gets the output of its schema as `data`.
 *
 * ```ts
 * const on = {
 *   ...documents({ invoice: Invoice }, { invoice: (event) => save(event.payload.data.total), "*": review }),
 *   CONVERSION_FAILED: (event) => alert(event.payload.error),
 * };
 * ```
 *
 * A schema may be asynchronous, and may change the data. If it refuses the data, the delivery goes to `onUnfit` of the
 * handler's options with the code `malformed_payload`. The error's `field` is the path of the schema's first issue, such as
 * `data.total`. The schema's messages are not used, since some libraries quote the document in them. If the schema itself
 * throws, the answer is 500, as for any error of a handler.
 *
 * Without `"*"`, documents of other types go to the `"*"` of `on`. If there is none either, they are acknowledged.
 *
 * @returns Handlers for the option `on`.
 * @throws `WebhookError` `invalid_config` with everything that is wrong with the schemas and handlers; `TypeError`
 * for an argument that is not an object.
 */
export function documents<Schemas extends DocumentSchemas>(
  schemas: Schemas,
  handlers: DocumentHandlers<Schemas>,
): { readonly CONVERSION_COMPLETED: EventHandler<ConversionCompletedEvent> } {
  return { CONVERSION_COMPLETED: typedData(BY_CODE, schemas, handlers) };
}
