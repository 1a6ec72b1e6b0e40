// What a body of the inspector's API says, checked.

import { bufferOf, bytesOf } from "../bytes.js";
import { invalidBody, membersOf, type Members } from "../local/members.js";
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
  const { how, body: edited } = onlyMembersOf(body, ["how", "body"]);
  const known = HOWS.find((name) => name === how);
  if (known === undefined) {
    throw invalidBody("how", `has to be one of ${HOWS.join(", ")}`);
  }
  if (known !== "edited") {
    if (edited !== undefined) {
      throw invalidBody("body", 'belongs to "how": "edited"');
    }
    return { how: known };
  }
  return { how: known, body: bytesIn(edited) };
}

/** @throws {ApiFault} `invalid_body`. */
export function answersOf(body: unknown): ScriptedAnswer[] {
  const { answers } = onlyMembersOf(body, ["answers"]);
  if (!Array.isArray(answers) || answers.length === 0 || answers.length > MOST_ANSWERS) {
    throw invalidBody("answers", `has to be an array of 1 to ${MOST_ANSWERS} answers`);
  }
  return answers.map((given: unknown, index) => {
    const { answer, delivered = true } = onlyMembersOf(given, ["answer", "delivered"], `answers[${index}]`);
    if (!isAnswer(answer)) {
      throw invalidBody(`answers[${index}].answer`, "has to be a status from 200 to 599, or hang, or reset");
    }
    if (typeof delivered !== "boolean") {
      throw invalidBody(`answers[${index}].delivered`, "has to be true or false");
    }
    return { answer, delivered };
  });
}

export function isAnswer(answer: unknown): answer is ScriptedAnswer["answer"] {
  return answer === "hang" || answer === "reset" || (Number.isInteger(answer) && (answer as number) >= 200 && (answer as number) <= 599);
}

function bytesIn(value: unknown): Bytes {
  const { text, base64 } = onlyMembersOf(value, ["text", "base64"], "body");
  if (typeof text === "string" && base64 === undefined) {
    return { text };
  }
  // What Node leaves out as no base64 would be another body than what was meant.
  const bytes = typeof base64 === "string" && text === undefined ? bufferOf({ base64 }) : undefined;
  if (bytes === undefined || bytes.toString("base64") !== base64) {
    throw invalidBody("body", 'has to be {"text": "..."}, or {"base64": "..."} with padded base64');
  }
  return bytesOf(bytes);
}

/** Returns the members of an object that has no others. */
function onlyMembersOf(value: unknown, names: readonly string[], field?: string): Members {
  const members = membersOf(value, field);
  const other = Object.keys(members).find((name) => !names.includes(name));
  if (other !== undefined) {
    throw invalidBody(field === undefined ? other : `${field}.${other}`, `is unknown: there is ${names.join(", ")}`);
  }
  return members;
}
