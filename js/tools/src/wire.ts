// What crosses between the rules in Rust (`js/tools/rules`), the programs here, and the pages: JSON.

import type { EventName } from "./event-names.js";

/** Bytes: as text where they are UTF-8, otherwise in base64. */
export type Bytes = { readonly text: string } | { readonly base64: string };

/** Header fields as they are on the wire: in order, with the case of their names, a repeated name once for each value. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** What a function of the rules did not accept. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  /** The member of the input. */
  readonly field?: string;
}

/** A delivery as it is sent or as it came. */
export interface DeliveryBytes {
  readonly headers: Fields;
  readonly body: Bytes;
}

/** A delivery before it is signed. */
export interface Unsigned {
  readonly secret: string;
  /** As registered. */
  readonly url: string;
  readonly event: string;
  readonly body: Bytes;
  /** When it is signed: Unix time in seconds. */
  readonly now: number;
  /** A UUID. */
  readonly requestId: string;
}

// --- Samples and forgeries

export interface Sample {
  /** Of a documented event, the event's name. */
  readonly name: string;
  readonly event: string;
  readonly title: string;
}

/** The form of `error` in the payload of a failed event, which Docutray does not document. `string` is the default. */
export type FailedError = "string" | "object" | "none";

/** A new value in a payload. */
export interface Edit {
  /** `data.lines[0].price`. A name with a dot or a bracket in it stands in double quotes. */
  readonly path: string;
  /** JSON, which is put in as it is written. What is not JSON is a string. */
  readonly value: string;
}

/** An event of a chain. */
export interface ChainLink {
  readonly event: string;
  readonly body: Bytes;
  /** When it is sent: seconds after the work began. */
  readonly afterSeconds: number;
}

/** A way to forge a delivery. */
export interface Forgery {
  readonly name: string;
  readonly title: string;
  /** The code with which a right receiver refuses it. */
  readonly code: string;
  /** The header or the payload's field at fault, where that does not depend on the event. */
  readonly field?: string;
  /**
   * The HTTP status of a right receiver's answer. One that keeps authentic deliveries whose payload does not fit may answer 200 where
   * the code is `malformed_payload` or `event_mismatch`.
   */
  readonly status: number;
}

export type Forged = DeliveryBytes & Forgery;

// --- The explanation of a delivery

/** The steps of the pipeline in their order. */
export type StepName = "headers" | "metadata" | "freshness" | "body" | "payload" | "event";

export interface ExplainedStep {
  readonly step: StepName;
  /** `skipped`: without a URL the metadata is not checked. */
  readonly state: "passed" | "failed" | "skipped" | "notReached";
  /** For people: what was found. Never a secret and never an expected MAC. */
  readonly finding: string;
}

/** What usually makes a MAC differ, where undoing it made the MAC fit (`body_empty`, `body_object` and `body_length` are certain without that). */
export interface Mistake {
  /** Such as `body_trailing_newline`, `url_slash`, `secret_white_space`. */
  readonly name: string;
  readonly advice: string;
}

export interface Explanation {
  readonly verdict: "verified" | "unfit" | "refused";
  readonly steps: readonly ExplainedStep[];
  /** Of a delivery that is not verified. */
  readonly error?: { readonly code: string; readonly field?: string; readonly message: string };
  readonly mistake?: Mistake;
  /** As the headers say, if timestamp, request id and event are well-formed. Of a refused delivery it is only claimed; so are the request id and the timestamp. */
  readonly event?: string;
  readonly requestId?: string;
  /** When it was signed: Unix time in seconds. */
  readonly timestamp?: number;
  /** Of a verified delivery. */
  readonly key?: string;
}

// --- A payload as a tree, from its text: numbers keep their digits

/** `omitted`: how many more members, items or bytes it has than are here, if any. A tree has at most 20,000 values. */
export type Tree =
  | { readonly kind: "object"; readonly members: readonly { readonly name: string; readonly value: Tree }[]; readonly omitted?: number }
  | { readonly kind: "array"; readonly items: readonly Tree[]; readonly omitted?: number }
  /** `text`: its characters. If it has half of a character (`\ud83d`), as it stands in the payload, with its escapes. */
  | { readonly kind: "string"; readonly text: string; readonly omitted?: number }
  /** `text`: as it stands in the payload. */
  | { readonly kind: "number"; readonly text: string; readonly omitted?: number }
  | { readonly kind: "literal"; readonly text: "true" | "false" | "null" };

// --- The emulator

export interface Webhook {
  readonly id: string;
  /** As registered: it is signed. */
  readonly url: string;
  readonly events: readonly EventName[];
  readonly enabled: boolean;
  /** ISO 8601, by the emulator's clock, as all times of the emulator. */
  readonly createdAt: string;
  /** Why the emulator disabled it itself. */
  readonly disabledBecause?: string;
}

export interface Attempt {
  readonly id: string;
  /** From 1 (the first try) to 6. */
  readonly number: number;
  readonly at: string;
  readonly url: string;
  /** As sent. Empty in a summary. */
  readonly headers: Fields;
  /** For people: what is special about the headers. */
  readonly note?: string;
  /** Absent while the answer is awaited. Without headers and body in a summary. */
  readonly answer?: Answered;
  /** Whether a script gave the answer, and not the endpoint. */
  readonly scripted: boolean;
}

/** What came of an attempt. */
export type Answered =
  | { readonly status: number; readonly headers: Fields; readonly body: Bytes; readonly bodyTruncated?: boolean; readonly milliseconds: number }
  /** `refused`: no connection. `reset`: it broke before an answer. `timeout`: none within 30 s. `notAllowed`: a target that the emulator does not send to. */
  | { readonly failure: "refused" | "reset" | "timeout" | "dns" | "tls" | "notAllowed"; readonly message: string; readonly milliseconds: number };

export type DeliveryState = "sending" | "waiting" | "delivered" | "givenUp";

export interface EmulatedDelivery {
  readonly id: string;
  /** Later deliveries have greater numbers. */
  readonly sequence: number;
  /** The webhook may have been deleted. */
  readonly webhookId: string;
  /** The URL of the last attempt. */
  readonly url: string;
  /** Not always one of the nine: the sample `unknown-event` has another. */
  readonly event: string;
  readonly createdAt: string;
  readonly state: DeliveryState;
  /** Of one given up. One that was sent again as captured is tried once. */
  readonly givenUpBecause?: "retriesUsed" | "disabled" | "deleted" | "sentOnce";
  /** Of one that waits for its next try. */
  readonly nextAttemptAt?: string;
  /** Of one that sends another again. */
  readonly again?: { readonly of: string; readonly how: "asCaptured" | "signedAfresh" | "edited" };
  readonly attempts: readonly Attempt[];
  readonly payloadBytes: number;
  readonly payload: Bytes;
}

/** A delivery in a list, where its payload may be left out. */
export type DeliverySummary = Omit<EmulatedDelivery, "payload">;

// --- The listener

/** A delivery that came to the listener, or that the listener has sent again. */
export interface Capture {
  /** A number. A later capture has a greater one. */
  readonly id: string;
  /** ISO 8601, by the system's clock. */
  readonly receivedAt: string;
  readonly method: string;
  readonly target: string;
  readonly headers: Fields;
  /** Of a body over the limit only its beginning. */
  readonly body: Bytes;
  readonly bodyTruncated?: boolean;
  /** How many bytes of the body came. */
  readonly bytes: number;
  readonly explanation: Explanation;
  /** The capture of the same event before this one, by its key. */
  readonly repeats?: string;
  /** Of one that was sent again: the capture that it was made from, and how. */
  readonly again?: { readonly of: string; readonly how: AgainHow };
  /** Absent while it is awaited. A scripted `hang` is a `timeout`, a scripted `reset` a `reset`. */
  readonly answer?: Answered;
  readonly answeredBy: AnsweredBy;
}

/** `listener`: what a right receiver answers. `forward`: the developer's server. `script`: `--answer`, or `/api/answers`. */
export type AnsweredBy = "listener" | "forward" | "script";

/** `asCaptured`: the same bytes. `signedAfresh`: the same body with a new request id and timestamp. `edited`: another body, signed afresh. */
export type AgainHow = "asCaptured" | "signedAfresh" | "edited";

/** A capture in a list: without what can be long. Of the answer there is the status, or what came in place of one. */
export type CaptureSummary = Omit<Capture, "headers" | "body" | "answer"> & {
  readonly answer?: Pick<Extract<Answered, { status: number }>, "status" | "milliseconds"> | Extract<Answered, { failure: string }>;
};

/** `GET /api/captures`: the newest first. */
export interface CaptureList {
  readonly items: readonly CaptureSummary[];
  /** How many older captures are not kept any more. */
  readonly dropped: number;
}

/** `GET /api/captures/:id`, and the answer when it was sent again. */
export interface CaptureDetail extends Capture {
  /** What a right receiver answers if it is sent now as it was captured: its timestamp may be too old. Absent if the body was truncated. */
  readonly replay?: RightAnswer;
}

/** What a right receiver answers. */
export interface RightAnswer {
  readonly status: number;
  /** The error's code, of a refusal. */
  readonly code?: string;
}

/** The answer to a delivery in place of the right one. */
export interface ScriptedAnswer {
  /** A status, or no answer: the connection stays open, or is reset. */
  readonly answer: number | "hang" | "reset";
  /** Whether the delivery is forwarded all the same; the answer to it is then lost. */
  readonly delivered: boolean;
}

/** `GET /api/settings` of the listener. */
export interface ListenerSettings {
  /** Where it receives. */
  readonly receives: string;
  /** The URL that is signed. Without one, the address to which a delivery came. */
  readonly url?: string;
  readonly forward?: string;
  /** What `--answer` says. */
  readonly answer?: ScriptedAnswer["answer"];
  /** How many captures are kept, and how many bytes of them. */
  readonly keeps: { readonly captures: number; readonly bytes: number };
}

// --- The doctor

/** An endpoint, and when it is checked. */
export interface Endpoint {
  readonly secret: string;
  /** As registered: it is signed. */
  readonly url: string;
  /** Letters or digits that no earlier run has used: they are part of every id. */
  readonly run: string;
  /** Unix time in seconds, by which the deliveries of one probe are dated. */
  readonly now: number;
}

export interface Probe {
  readonly name: string;
  /** What a right endpoint does. */
  readonly title: string;
  /** The heading under which it is listed. */
  readonly group: string;
}

export interface ProbeRequest extends DeliveryBytes {
  readonly title: string;
  readonly method: string;
  /** How many spaces follow the body. */
  readonly padding: number;
  readonly pace: { readonly how: "whole" } | { readonly how: "parts"; readonly parts: number; readonly pauseMilliseconds: number; readonly isChunked: boolean } | { readonly how: "cut"; readonly after: number };
  /** Whether the next request is sent at the same time. */
  readonly withNext: boolean;
}

export interface Diagnosis {
  readonly probe: string;
  readonly title: string;
  /** `unseen`: the answers do not tell. `skipped`: the probe was not sent. */
  readonly state: "passed" | "unseen" | "warning" | "failed" | "skipped";
  /** What is wrong, in one word that stays the same between versions. */
  readonly code?: string;
  /** What was seen, in sentences of ours. */
  readonly why: string;
  readonly advice?: string;
  /** In the order of the requests. */
  readonly answers: readonly { readonly request: string; readonly status?: number; readonly failure?: string; readonly milliseconds: number }[];
}

/** All diagnoses together. */
export interface Examination {
  readonly passed: number;
  readonly warnings: number;
  readonly failed: number;
  readonly unseen: number;
  readonly skipped: number;
  /** What the failures have in common, if that is known. */
  readonly note?: string;
}
