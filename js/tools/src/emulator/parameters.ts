// What requests to the API have in their query.

import { EVENTS } from "../event-names.js";
import type { Filter } from "../emulator-machine.js";
import { ApiFault, type RouteRequest } from "../local/route.js";
import { STATES } from "./schemas.js";

const text = { type: "string" };

/** The parameters that choose deliveries. */
export const FILTERS = {
  event: { summary: "Only this event", schema: { type: "string", enum: EVENTS } },
  state: { summary: "Only in this state", schema: { type: "string", enum: STATES } },
  webhookId: { summary: "Only to this webhook", schema: text },
  text: { summary: "Only with this text in the id, the URL or the payload", schema: text },
  since: { summary: "Only those with a greater sequence number", schema: { type: "integer", minimum: 0 } },
};
export const LIMIT = { limit: { summary: "The most items, newest first", schema: { type: "integer", minimum: 1 } } };

/** Returns what chooses deliveries. The state machine checks it. */
export function filtersOf({ query: { wait: _, ...filters } }: RouteRequest): Filter {
  const { since, limit } = filters;
  return {
    ...(filters as Filter),
    ...(since !== undefined && { since: whole("since", since) }),
    ...(limit !== undefined && { limit: whole("limit", limit) }),
  };
}

function whole(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    throw new ApiFault(400, "invalid_parameter", `The parameter ${name} has to be a whole number.`, name);
  }
  return Number(text);
}
