// Compiled against the installed package, never run. Shows the types to a strict compiler, as a user has it.
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import {
  Verifier,
  WebhookError,
  type BodyCheck,
  extra,
  isCompleted,
  isFailed,
  isStarted,
  UnfitPayload,
  type CompletedEvent,
  type ConversionCompletedEvent,
  type Delivery,
  type DocumentType,
  type FailedEvent,
  type HeadersLike,
  type JsonObject,
  type JsonValue,
  type StartedEvent,
  type StepIdentification,
  type VerifierOptions,
  type WebhookErrorCode,
  type WebhookEvent,
  type WebhookEventType,
} from "docutray-webhook";

declare const verifier: Verifier;
declare const event: WebhookEvent;

/** Compiles only if the two types are identical. */
function same<A>() {
  return <B>(..._: [A] extends [B] ? ([B] extends [A] ? [] : [never]) : [never]) => {};
}

export function narrowsOnType(): string {
  switch (event.type) {
    case "CONVERSION_STARTED":
      same<"PROCESSING">()<typeof event.payload.status>();
      return event.payload.conversion_id;
    case "CONVERSION_COMPLETED":
      same<"SUCCESS" | "completed">()<typeof event.payload.status>();
      same<JsonObject>()<typeof event.payload.data>();
      return event.payload.document_type_code;
    case "CONVERSION_FAILED":
      same<"ERROR" | "FAILED" | "failed" | "error">()<typeof event.payload.status>();
      return typeof event.payload.error === "string" ? event.payload.error : event.payload.response_timestamp;
    case "IDENTIFICATION_STARTED":
      same<string[] | null | undefined>()<typeof event.payload.document_type_code_options>();
      return event.payload.identification_id;
    case "IDENTIFICATION_COMPLETED":
      same<number>()<typeof event.payload.document_type.confidence>();
      return event.payload.alternatives[0]?.code ?? event.payload.document_type.name;
    case "IDENTIFICATION_FAILED":
      return event.payload.original_filename ?? "";
    case "STEP_STARTED":
      return event.payload.step_name;
    case "STEP_COMPLETED":
      same<string[] | undefined>()<NonNullable<typeof event.payload.validation>["errors"]["messages"] | undefined>();
      same<string | DocumentType | undefined>()<NonNullable<typeof event.payload.identification>["document_type"] | undefined>();
      return typeOf(event.payload.identification);
    case "STEP_FAILED":
      return event.payload.step_execution_id;
    case "UNKNOWN":
      same<null>()<typeof event.id>();
      same<JsonObject>()<typeof event.payload>();
      return event.name;
  }
}

function typeOf(found: StepIdentification | null | undefined): string {
  const type = found?.document_type;
  return typeof type === "object" ? type.code : (type ?? "");
}

export function narrowsOnStage(): string {
  if (isStarted(event)) {
    same<StartedEvent>()<typeof event>();
    return event.payload.status;
  }
  if (isCompleted(event)) {
    same<CompletedEvent>()<typeof event>();
    same<"SUCCESS" | "completed">()<typeof event.payload.status>();
    return event.type === "STEP_COMPLETED" ? event.payload.step_id : event.payload.response_timestamp;
  }
  if (isFailed(event)) {
    same<FailedEvent>()<typeof event>();
    same<string | JsonObject | null | undefined>()<typeof event.payload.error>();
    return event.payload.response_timestamp;
  }
  same<"UNKNOWN">()<typeof event.type>();
  return event.name;
}

export function filtersByStage(events: WebhookEvent[]): CompletedEvent[] {
  return events.filter(isCompleted);
}

export function readsWhatNoTypeKnows(completed: ConversionCompletedEvent): JsonValue | undefined {
  const { page_count } = extra(completed.payload);
  same<JsonValue | undefined>()<typeof page_count>();
  return typeof page_count === "number" ? page_count + 1 : extra(event.payload)["language"];
}

export const names: Record<WebhookEventType, boolean> = {
  CONVERSION_STARTED: true,
  CONVERSION_COMPLETED: true,
  CONVERSION_FAILED: true,
  IDENTIFICATION_STARTED: true,
  IDENTIFICATION_COMPLETED: true,
  IDENTIFICATION_FAILED: true,
  STEP_STARTED: true,
  STEP_COMPLETED: true,
  STEP_FAILED: true,
  UNKNOWN: true,
};

export const unfit: WebhookError = new UnfitPayload({ field: "data.total", expected: "the sum of the lines" });

export function narrowsOnCode(error: unknown): 400 | 401 | 413 | 500 | undefined {
  if (!(error instanceof WebhookError)) {
    return undefined;
  }
  same<string | undefined>()<typeof error.field>();
  switch (error.code) {
    case "missing_header":
    case "duplicate_header":
    case "malformed_header":
    case "auth_signature_mismatch":
    case "timestamp_too_old":
    case "timestamp_too_new":
    case "body_too_large":
    case "signature_mismatch":
    case "malformed_payload":
    case "event_mismatch":
      return error.status;
    default:
      same<"invalid_config">()<typeof error.code>();
      return 500;
  }
}

export function whatIsCommonNeedsNoNarrowing(): [string, Delivery, number, string | null] {
  return [event.key, event.delivery, event.delivery.timestamp, event.id];
}

export const headers: HeadersLike[] = [
  new Headers(),
  new Headers().entries(),
  new Map<string, string>(),
  [["x-docutray-event", "A"]],
  Object.entries({ "x-docutray-event": "A" }),
  { "x-docutray-event": "A", "x-docutray-timestamp": ["1"], cookie: undefined },
  {} as IncomingHttpHeaders,
  {} as NodeJS.Dict<string[]>,
  {} as Record<string, string | undefined>,
];

export async function everyCall(request: Request, message: IncomingMessage): Promise<void> {
  for (const body of ["", new Uint8Array(), Buffer.from(""), new ArrayBuffer(0)]) {
    same<WebhookEvent>()<ReturnType<typeof verifier.verify>>();
    verifier.verify(message.headers, body);
  }
  verifier.authorize(message.headersDistinct, Date.now() / 1000);
  const check: BodyCheck = verifier.begin(request.headers, undefined);
  for await (const chunk of message) {
    check.update(chunk);
  }
  same<WebhookEvent>()<ReturnType<typeof check.finish>>();
  same<WebhookEvent>()<Awaited<ReturnType<typeof verifier.verifyRequest>>>();
  await verifier.verifyRequest(request);
  await verifier.verifyNode(message);
  using short = new Verifier({ secret: "s", url: ["a", "b"], tolerance: 300, maxBody: 1 });
  using given = short.begin([]);
  given.free();
  short.free();
}

const secret = process.env["DOCUTRAY_WEBHOOK_SECRET"] ?? "";
export const options: VerifierOptions[] = [
  { secret, url: "https://example.com/hooks" },
  { secret: [secret, "old"] as const, url: false },
  { secret, url: ["a", "b"] as const, tolerance: undefined, maxBody: undefined },
];

export const code: WebhookErrorCode = "missing_header";

// What must not compile. Each line says what it prevents.

// @ts-expect-error a URL, or the explicit opt-out, is required
new Verifier({ secret });
// @ts-expect-error `true` is neither a URL nor the opt-out
new Verifier({ secret, url: true });
// @ts-expect-error an unset environment variable is not a secret
new Verifier({ secret: process.env["DOCUTRAY_WEBHOOK_SECRET"], url: false });
// @ts-expect-error a parsed body cannot be verified
verifier.verify(new Headers(), { conversion_id: "c" });
// @ts-expect-error Node's rawHeaders are flat, not pairs
verifier.authorize(["x-docutray-event", "A"]);
// @ts-expect-error header values are text
verifier.authorize({ "x-docutray-timestamp": 1 });
// @ts-expect-error a payload's fields are known only after its type is known
event.payload.conversion_id;
// @ts-expect-error a misspelt field is not one that Docutray may have added
if (event.type === "CONVERSION_COMPLETED") event.payload.document_type_cod;
// @ts-expect-error a field that Docutray adds has no type of its own
extra(event.payload)["page_count"] > 1;
// @ts-expect-error a step's document type may be an object
if (event.type === "STEP_COMPLETED") event.payload.identification?.document_type.trim();
// @ts-expect-error raw cannot be changed, since it is what was verified
event.raw = "{}";
// @ts-expect-error a code that does not exist is a typing mistake
code === "signature_missmatch";
// @ts-expect-error `now` is a number of seconds
verifier.authorize(new Headers(), new Date());
