import { DOCUTRAY_WAITS } from "../../../src/generated/limits.js";
import { rule } from "../rules.js";

/** How long Docutray waits for an answer, in milliseconds. */
export const ANSWER_WITHIN = DOCUTRAY_WAITS * 1000;

/** How long Docutray waits after each failed attempt before the next, in seconds. */
export function pauses(): readonly number[] {
  return rule("retries", {});
}
