// The parameter `wait` of requests for what may still come.

import { ApiFault, type RouteRequest } from "./route.js";

export const WAIT = {
  wait: {
    summary: "How long to wait until there is one, such as 5s or 500ms, at most 60s; then the answer is 408",
    schema: { type: "string", pattern: "^\\d+(ms|s)$" },
  },
};

/** The longest wait, in milliseconds. */
const LONGEST_WAIT = 60_000;

/** Returns a wait in milliseconds, 0 without one. */
export function waitOf({ query: { wait = "0s" } }: RouteRequest): number {
  const [, digits, unit] = /^(\d{1,6})(ms|s)$/.exec(wait) ?? [];
  const milliseconds = Number(digits) * (unit === "s" ? 1_000 : 1);
  if (Number.isNaN(milliseconds) || milliseconds > LONGEST_WAIT) {
    throw new ApiFault(400, "invalid_parameter", "The parameter wait has to be a number with its unit, such as 5s or 500ms, and at most 60s.", "wait");
  }
  return milliseconds;
}
