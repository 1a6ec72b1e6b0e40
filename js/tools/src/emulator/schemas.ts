import { EVENTS } from "../event-names.js";
import type { Schema } from "../local/route.js";
import { arrayOf, object } from "../local/schema.js";

const text: Schema = { type: "string" };
const truth: Schema = { type: "boolean" };
export const count: Schema = { type: "integer", minimum: 0 };
const time: Schema = { type: "string", format: "date-time" };

export const STATES = ["sending", "waiting", "delivered", "givenUp"];
export const HOWS = ["asCaptured", "signedAfresh", "edited"];

export function ref(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

/** What the API of the emulator takes and answers, as `js/tools/src/wire.ts` has it for TypeScript. */
export const SCHEMAS: Readonly<Record<string, Schema>> = {
  Bytes: {
    description: "Bytes: as text where they are UTF-8, otherwise in base64",
    oneOf: [object({ text }), object({ base64: text })],
  },
  Fields: {
    description: "Header fields in order, with the case of their names",
    type: "array",
    items: { type: "array", prefixItems: [text, text], items: false, minItems: 2 },
  },
  Event: { type: "string", enum: EVENTS },
  Url: { type: "string", description: "As registered with Docutray: it is signed as it is. Plain http:// is for this machine alone, unless --allow-remote" },
  Secret: object({ secret: text }, "Shown this once"),
  Webhook: object({
    id: text,
    url: ref("Url"),
    events: arrayOf(ref("Event")),
    enabled: truth,
    createdAt: time,
    "disabledBecause?": { ...text, description: "Why the emulator disabled it itself" },
  }),
  CreatedWebhook: object({ webhook: ref("Webhook"), secret: { ...text, description: "Shown this once" } }),
  Answered: {
    description: "What came of an attempt",
    oneOf: [
      object({ status: count, headers: ref("Fields"), body: ref("Bytes"), "bodyTruncated?": truth, milliseconds: { type: "number", minimum: 0 } }),
      object({
        failure: { enum: ["refused", "reset", "timeout", "dns", "tls", "notAllowed"] },
        message: text,
        milliseconds: { type: "number", minimum: 0 },
      }),
    ],
  },
  Attempt: object({
    id: text,
    number: { type: "integer", minimum: 1, maximum: 6 },
    at: time,
    url: text,
    headers: { ...ref("Fields"), description: "As they were sent. Empty in a list" },
    "note?": { ...text, description: "What is special about the headers" },
    "answer?": { ...ref("Answered"), description: "Absent while it is awaited. Without headers and body in a list" },
    scripted: { ...truth, description: "Whether /api/answers gave the answer, and not the endpoint" },
  }),
  Delivery: object({
    id: text,
    sequence: { ...count, description: "Later deliveries have greater numbers" },
    webhookId: text,
    url: text,
    event: text,
    createdAt: { ...time, description: "By the emulator's clock, as all times" },
    state: { enum: STATES },
    "givenUpBecause?": { enum: ["retriesUsed", "disabled", "deleted", "sentOnce"] },
    "nextAttemptAt?": time,
    "again?": object({ of: text, how: { enum: HOWS } }),
    attempts: arrayOf(ref("Attempt")),
    payloadBytes: count,
    "payload?": { ...ref("Bytes"), description: "Absent in a list" },
  }),
  Trigger: {
    ...object({
      "event?": ref("Event"),
      "sample?": { ...text, description: "A name of /api/samples" },
      "chain?": object({ family: { enum: ["CONVERSION", "IDENTIFICATION", "STEP"] }, ends: { enum: ["COMPLETED", "FAILED"] } }),
      "webhookId?": { ...text, description: "Only for this webhook" },
      "payload?": { ...ref("Bytes"), description: "In place of a sample. It may be anything" },
      "set?": { ...arrayOf(object({ path: text, value: { ...text, description: "JSON. What is not JSON is a string" } })), description: "Members of the sample to change" },
    }),
    description: "Exactly one of event, sample and chain",
  },
  Triggered: object({
    deliveries: arrayOf(object({ id: text, webhookId: text, event: text })),
    skipped: {
      ...arrayOf(object({ webhookId: text, event: text, because: { enum: ["disabled", "notChosen"] } })),
      description: "The webhooks that get nothing",
    },
  }),
  Again: object({ how: { enum: HOWS }, "body?": { ...ref("Bytes"), description: "The new payload of how: edited" } }),
  Script: object({
    answers: arrayOf(
      object({
        answer: { oneOf: [{ type: "integer", minimum: 200, maximum: 599 }, { enum: ["hang", "reset"] }] },
        "delivered?": { ...truth, description: "Whether the endpoint gets the delivery all the same. Its own answer is then lost" },
      }),
    ),
  }),
  TurnClock: {
    oneOf: [
      object({ advance: { type: "integer", minimum: 0, description: "Seconds by which the clock is turned forward" } }),
      object({ speed: { type: "integer", minimum: 1, description: "How many times faster than real time it goes" } }),
    ],
  },
  Clock: object({
    now: time,
    nowMilliseconds: { ...count, description: "The same since 1970" },
    speed: { type: "integer", minimum: 1 },
    advancingMilliseconds: { ...count, description: "By how much it is still to be turned, once the attempts under way are answered" },
    "nextAttemptAt?": time,
    scriptedAnswers: { ...count, description: "How many are scripted for attempts to come" },
  }),
  Sample: object({ name: text, event: text, title: text }),
  Tree: {
    description: "A payload as a tree, from its text: numbers keep their digits",
    oneOf: [
      object({ kind: { const: "object" }, members: arrayOf(object({ name: text, value: ref("Tree") })), "omitted?": count }),
      object({ kind: { const: "array" }, items: arrayOf(ref("Tree")), "omitted?": count }),
      object({ kind: { enum: ["string", "number", "literal"] }, text, "omitted?": count }),
    ],
  },
  Settings: object({
    retryHeaders: { enum: ["new", "same"] },
    failedError: { enum: ["string", "object", "none"] },
    allowRemote: truth,
    limits: object({ deliveries: count, bytes: count }),
    retriesAfterSeconds: { ...arrayOf(count), description: "As Docutray documents it" },
    answerWithinSeconds: { ...count, description: "As Docutray documents it" },
    disableAfter: { ...count, description: "This number is ours: Docutray documents none" },
    events: arrayOf(ref("Event")),
  }),
};
