// What a body of the inspector's API says, checked.

import { bufferOf, bytesOf } from "../bytes.js";
import { ApiFault } from "../local/route.js";
import type { AgainHow, Bytes, ScriptedAnswer } from "../wire.js";
import { MOST_ANSWERS } from "./script.js";

const HOWS = ["asCaptured", "signedAfresh", "edited"] as const satisfies readonly AgainHow[];

export interface AgainRequest {
  readonly how: AgainHow;
  /** With `edited`. */
  readonly body?: Bytes;
}

/** @throws {ApiFault} `invalid_body`. */
export function againOf(body: unknown): AgainRequest {
  const { how, body: edited } = membersOf(body, ["how", "body"]);
  const known = HOWS.find((name) => name === how);
  if (known === undefined) {
    throw invalid("how", `is one of ${HOWS.join(", ")}`);
  }
  if (known !== "edited") {
    if (edited !== undefined) {
      throw invalid("body", 'belongs to "how": "edited"');
    }
    return { how: known };
  }
  return { how: known, body: bytesIn(edited) };
}

/** @throws {ApiFault} `invalid_body`. */
export function answersOf(body: unknown): ScriptedAnswer[] {
  const { answers } = membersOf(body, ["answers"]);
  if (!Array.isArray(answers) || answers.length === 0 || answers.length > MOST_ANSWERS) {
    throw invalid("answers", `is an array of 1 to ${MOST_ANSWERS} answers`);
  }
  return answers.map((given: unknown, index) => {
    const { answer, delivered = true } = membersOf(given, ["answer", "delivered"], `answers[${index}]`);
    if (!isAnswer(answer)) {
      throw invalid(`answers[${index}].answer`, "is a status from 200 to 599, or hang, or reset");
    }
    if (typeof delivered !== "boolean") {
      throw invalid(`answers[${index}].delivered`, "is true or false");
    }
    return { answer, delivered };
  });
}

export function isAnswer(answer: unknown): answer is ScriptedAnswer["answer"] {
  return answer === "hang" || answer === "reset" || (Number.isInteger(answer) && (answer as number) >= 200 && (answer as number) <= 599);
}

function bytesIn(value: unknown): Bytes {
  const { text, base64 } = membersOf(value, ["text", "base64"], "body");
  if (typeof text === "string" && base64 === undefined) {
    return { text };
  }
  // What Node leaves out as no base64 would be another body than what was meant.
  const bytes = typeof base64 === "string" && text === undefined ? bufferOf({ base64 }) : undefined;
  if (bytes === undefined || bytes.toString("base64") !== base64) {
    throw invalid("body", 'is {"text": "..."}, or {"base64": "..."} with padded base64');
  }
  return bytesOf(bytes);
}

/** Returns the members of an object that has no others. */
function membersOf(value: unknown, names: readonly string[], field?: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid(field, "is an object");
  }
  const other = Object.keys(value).find((name) => !names.includes(name));
  if (other !== undefined) {
    throw invalid(field === undefined ? other : `${field}.${other}`, `is unknown: there is ${names.join(", ")}`);
  }
  return value as Record<string, unknown>;
}

function invalid(field: string | undefined, expected: string): ApiFault {
  return new ApiFault(400, "invalid_body", `${field ?? "The body"} ${expected}.`, field);
}
