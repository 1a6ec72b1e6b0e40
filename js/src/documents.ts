/**
 * Handlers that get `data` with a type: each document type has a schema of zod, valibot, arktype, or of another library
 * that implements Standard Schema (https://standardschema.dev).
 *
 * ```ts
 * import { documents } from "docutray-webhook/documents";
 * import * as z from "zod";
 *
 * const Invoice = z.object({ total: z.number() });
 *
 * const on = documents({ invoice: Invoice }, {
 *   invoice: async (event) => save(event.payload.data.total), // a number
 *   "*": async (event) => review(event.payload.document_type_code),
 * });
 * ```
 *
 * Data that does not fit its schema is unfit, as a payload is that this package cannot read: `onUnfit` keeps the delivery.
 *
 * @packageDocumentation
 */
export { documents } from "./documents/documents.js";
export type { Document, DocumentEvent, DocumentHandlers, DocumentSchemas } from "./documents/documents.js";
export { steps } from "./documents/steps.js";
export type { StepEvent, StepHandlers, StepResult, StepSchemas } from "./documents/steps.js";
export type { SchemaIssue, SchemaOutput, SchemaResult, StandardSchema } from "./documents/standard-schema.js";
