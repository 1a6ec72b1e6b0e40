// What requests to the API have in their query.

import { ApiFault, type RouteRequest } from "../local/route.js";
import { EVENTS, STATES } from "./schemas.js";

const text = { type: "string" };

/** The parameters that choose deliveries. */
export const FILTERS = {
  event: { summary: "Only this event", schema: { type: "string", enum: EVENTS } },
  state: { summary: "Only in this state", schema: { type: "string", enum: STATES } },
  text: { summary: "Only with this text in the payload", schema: text },
  since: { summary: "Only later than the delivery with this id", schema: text },
};
export const LIMIT = { limit: { summary: "The most items, newest first", schema: { type: "integer", minimum: 1 } } };
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
    throw new ApiFault(400, "invalid_parameter", "A wait is a number with its unit, such as 5s or 500ms, and at most 60s.", "wait");
  }
  return milliseconds;
}

/** Returns what chooses deliveries. The state machine checks it. */
export function filtersOf({ query: { event, state, text, since, limit } }: RouteRequest): object {
  if (limit !== undefined && !/^\d{1,9}$/.test(limit)) {
    throw new ApiFault(400, "invalid_parameter", "A limit is a whole number.", "limit");
  }
  return {
    ...(event !== undefined && { event }),
    ...(state !== undefined && { state }),
    ...(text !== undefined && { text }),
    ...(since !== undefined && { since }),
    ...(limit !== undefined && { limit: Number(limit) }),
  };
}
