/**
 * Handlers whose `data` has a type. Give each document type a schema of zod, valibot, arktype, or of another library that
 * implements Standard Schema (https://standardschema.dev).
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
 * If data does not fit its schema, the delivery is treated like a payload that does not fit its event: `onUnfit` keeps it.
 *
 * @packageDocumentation
 * @module docutray-webhook/documents
 */
export { documents } from "./documents/documents.js";
export type { Document, DocumentEvent, DocumentHandlers, DocumentSchemas } from "./documents/documents.js";
export { steps } from "./documents/steps.js";
export type { StepEvent, StepHandlers, StepResult, StepSchemas } from "./documents/steps.js";
export type { SchemaIssue, SchemaOutput, SchemaResult, StandardSchema } from "./documents/standard-schema.js";
