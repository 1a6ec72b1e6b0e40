/** What `JSON.parse` gives. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  [name: string]: JsonValue;
}

/** The status of everything that has begun. */
export type StartedStatus = "PROCESSING";
/** The status of everything that is done: a step's is `completed`. */
export type CompletedStatus = "SUCCESS" | "completed";
/** The status of everything that has failed. */
export type FailedStatus = "ERROR" | "FAILED" | "failed" | "error";

interface Conversion {
  /** Never empty. */
  conversion_id: string;
  /** ISO 8601, as received. */
  request_timestamp: string;
  original_filename?: string | null;
  /** The caller's own. */
  document_metadata?: JsonObject | null;
  document_type_code: string;
}

interface Identification {
  /** Never empty. */
  identification_id: string;
  /** ISO 8601, as received. */
  request_timestamp: string;
  original_filename?: string | null;
  /** The caller's own. */
  document_metadata?: JsonObject | null;
  /** The document types to choose from. */
  document_type_code_options?: string[] | null;
}

interface Step {
  /** Never empty. */
  step_execution_id: string;
  /** ISO 8601, as received. */
  request_timestamp: string;
  /** The caller's own. */
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
  /** By the document type's own schema: not checked. Numbers beyond a double keep their digits in `raw` alone. */
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
  /** By the step's own schema: not checked. Numbers beyond a double keep their digits in `raw` alone. */
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
  /** Finite. */
  confidence: number;
}

/** What a step recognised. */
export interface StepIdentification {
  /** The type's code alone, as Docutray's documentation shows it, or the object that its live API gives: take both. */
  document_type: string | DocumentType;
  /** Finite. */
  confidence: number;
}

/** What a step found in the document. */
export interface Validation {
  errors: Messages;
  warnings: Messages;
}

/** Messages and how many there are. */
export interface Messages {
  /** From 0 on; beyond 2^53 rounded, as every JSON number of that size is here. */
  count: number;
  messages: string[];
}
