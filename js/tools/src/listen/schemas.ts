// JSON Schemas of what the inspector's API takes and answers, for its description. The types are in `wire.ts`; a test compares the
// answers with these.

import type { Schema } from "../local/route.js";
import { arrayOf, object } from "../local/schema.js";
import { MOST_ANSWERS } from "./script.js";

const text: Schema = { type: "string" };
const count: Schema = { type: "integer", minimum: 0 };
const milliseconds: Schema = { type: "number", minimum: 0 };
const flag: Schema = { type: "boolean" };
const id: Schema = { type: "string", pattern: "^\\d+$" };
const how: Schema = { enum: ["asCaptured", "signedAfresh", "edited"] };
const scripted: Schema = { oneOf: [{ type: "integer", minimum: 200, maximum: 599 }, { enum: ["hang", "reset"] }] };

export function reference(name: keyof typeof schemas): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

const FAILED = object({
  failure: { enum: ["refused", "reset", "timeout", "dns", "tls", "notAllowed"] },
  message: text,
  milliseconds,
});

const SUMMARY = {
  id,
  receivedAt: { type: "string", format: "date-time" },
  method: text,
  target: text,
  "bodyTruncated?": flag,
  bytes: count,
  explanation: { $ref: "#/components/schemas/Explanation" },
  "repeats?": id,
  "again?": object({ of: id, how }),
  answeredBy: { enum: ["listener", "forward", "script"] },
};

export const schemas = {
  Bytes: { oneOf: [object({ text }), object({ base64: { type: "string", contentEncoding: "base64" } })] },
  Fields: arrayOf({ type: "array", items: text, minItems: 2, maxItems: 2 }),
  Explanation: object({
    verdict: { enum: ["verified", "unfit", "refused"] },
    steps: arrayOf(
      object({
        step: { enum: ["headers", "metadata", "freshness", "body", "payload", "event"] },
        state: { enum: ["passed", "failed", "skipped", "notReached"] },
        finding: text,
      }),
    ),
    "error?": object({ code: text, "field?": text, message: text }),
    "mistake?": object({ name: text, advice: text }),
    "event?": text,
    "requestId?": text,
    "timestamp?": count,
    "key?": text,
  }),
  CaptureSummary: object({ ...SUMMARY, "answer?": { oneOf: [object({ status: count, milliseconds }), FAILED] } }),
  CaptureList: object({ items: arrayOf({ $ref: "#/components/schemas/CaptureSummary" }), dropped: count }),
  CaptureDetail: object({
    ...SUMMARY,
    headers: { $ref: "#/components/schemas/Fields" },
    body: { $ref: "#/components/schemas/Bytes" },
    "answer?": {
      oneOf: [
        object({
          status: count,
          headers: { $ref: "#/components/schemas/Fields" },
          body: { $ref: "#/components/schemas/Bytes" },
          "bodyTruncated?": flag,
          milliseconds,
        }),
        FAILED,
      ],
    },
    "replay?": object({ status: count, "code?": text }),
  }),
  Tree: {
    oneOf: [
      object({ kind: { const: "object" }, members: arrayOf(object({ name: text, value: { $ref: "#/components/schemas/Tree" } })), "omitted?": count }),
      object({ kind: { const: "array" }, items: arrayOf({ $ref: "#/components/schemas/Tree" }), "omitted?": count }),
      object({ kind: { enum: ["string", "number"] }, text, "omitted?": count }),
      object({ kind: { const: "literal" }, text: { enum: ["true", "false", "null"] } }),
    ],
  },
  Again: object({ how, "body?": { $ref: "#/components/schemas/Bytes" } }),
  Answers: object({ answers: { ...arrayOf(object({ answer: scripted, "delivered?": flag })), minItems: 1, maxItems: MOST_ANSWERS } }),
  Waiting: object({ waiting: count }),
  Settings: object({
    receives: text,
    "url?": text,
    "forward?": text,
    "answer?": scripted,
    keeps: object({ captures: count, bytes: count }),
  }),
} satisfies Readonly<Record<string, Schema>>;
