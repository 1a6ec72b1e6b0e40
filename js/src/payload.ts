/** A value that `JSON.parse` returns. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  [name: string]: JsonValue;
}

/** The status of `*_STARTED` events. */
export type StartedStatus = "PROCESSING";
/** The status of `*_COMPLETED` events. Steps have `completed`. */
export type CompletedStatus = "SUCCESS" | "completed";
/** The status of `*_FAILED` events. */
export type FailedStatus = "ERROR" | "FAILED" | "failed" | "error";

interface Conversion {
  /** Never empty. */
  conversion_id: string;
  /** ISO 8601, as received. */
  request_timestamp: string;
  original_filename?: string | null;
  /** The caller's own metadata. */
  document_metadata?: JsonObject | null;
  document_type_code: string;
}

interface Identification {
  /** Never empty. */
  identification_id: string;
  /** ISO 8601, as received. */
  request_timestamp: string;
  original_filename?: string | null;
  /** The caller's own metadata. */
  document_metadata?: JsonObject | null;
  /** The document types to choose from. */
  document_type_code_options?: string[] | null;
}

interface Step {
  /** Never empty. */
  step_execution_id: string;
  /** ISO 8601, as received. */
  request_timestamp: string;
  /** The caller's own metadata. */
  document_metadata?: JsonObject | null;
  step_id: string;
  step_name: string;
}

interface Started {
  status: StartedStatus;
}

interface Completed {
  status: CompletedStatus;
  /** ISO 8601, as received. */
  response_timestamp: string;
}

interface Failed {
  status: FailedStatus;
  /** ISO 8601, as received. */
  response_timestamp: string;
  error?: string | JsonObject | null;
}

/** Payload of `CONVERSION_STARTED`. */
export interface ConversionStarted extends Conversion, Started {}

/** Payload of `CONVERSION_COMPLETED`. */
export interface ConversionCompleted extends Conversion, Completed {
  /** Its fields depend on the document type's schema and are not checked. Only `raw` keeps digits beyond a double's precision. */
  data: JsonObject;
}

/** Payload of `CONVERSION_FAILED`. */
export interface ConversionFailed extends Conversion, Failed {}

/** Payload of `IDENTIFICATION_STARTED`. */
export interface IdentificationStarted extends Identification, Started {}

/** Payload of `IDENTIFICATION_COMPLETED`. */
export interface IdentificationCompleted extends Identification, Completed {
  document_type: DocumentType;
  alternatives: DocumentType[];
}

/** Payload of `IDENTIFICATION_FAILED`. */
export interface IdentificationFailed extends Identification, Failed {}

/** Payload of `STEP_STARTED`. */
export interface StepStarted extends Step, Started {}

/** Payload of `STEP_COMPLETED`. */
export interface StepCompleted extends Step, Completed {
  /** Its fields depend on the step's schema and are not checked. Only `raw` keeps digits beyond a double's precision. */
  data: JsonObject;
  identification?: StepIdentification | null;
  validation?: Validation | null;
}

/** Payload of `STEP_FAILED`. */
export interface StepFailed extends Step, Failed {}

/** A document type that was recognised. */
export interface DocumentType {
  code: string;
  name: string;
  /** How well it fits, as scored by Docutray; finite. */
  confidence: number;
}

/** The document type that a step recognised. */
export interface StepIdentification {
  /** The type's code, as in Docutray's documentation, or an object, as from its live API. Handle both. */
  document_type: string | DocumentType;
  /** How well it fits, as scored by Docutray; finite. */
  confidence: number;
}

/** The result of a step's validation. */
export interface Validation {
  errors: Messages;
  warnings: Messages;
}

/** Messages and their number. */
export interface Messages {
  /** A non-negative integer. Beyond 2^53 it is rounded, as `JSON.parse` does. */
  count: number;
  messages: string[];
}
