// What a query of the inspector's API says, checked.

import { ApiFault, type RouteRequest, type Schema } from "../local/route.js";
import type { Explanation } from "../wire.js";
import type { Filter } from "./filter.js";

type Query = RouteRequest["query"];

const VERDICTS = ["verified", "unfit", "refused"] as const satisfies readonly Explanation["verdict"][];
export const MOST_LISTED = 500;

/** The words of a filter, for the API's description. */
export const FILTER = {
  event: { summary: "The event's name, such as CONVERSION_COMPLETED", schema: { type: "string" } },
  verdict: { summary: "What the verification has found", schema: { enum: VERDICTS } },
  text: { summary: "A part of the target, of a header or of the body, in either case", schema: { type: "string" } },
  since: { summary: "Only captures after the one with this id", schema: { type: "string", pattern: "^\\d{1,15}$" } },
} as const satisfies Record<string, { summary: string; schema: Schema }>;

/** @throws {ApiFault} `invalid_parameter`. */
export function filterOf({ event, verdict, text, since }: Query): Filter {
  if (verdict !== undefined && !VERDICTS.some((known) => known === verdict)) {
    throw invalid("verdict", `has to be one of ${VERDICTS.join(", ")}`);
  }
  return {
    ...(event !== undefined && { event }),
    ...(verdict !== undefined && { verdict: verdict as Explanation["verdict"] }),
    ...(text !== undefined && { text }),
    ...(since !== undefined && { since: numberOf("since", since, Number.MAX_SAFE_INTEGER) }),
  };
}

/** Returns how many captures are listed. @throws {ApiFault} `invalid_parameter`. */
export function limitOf({ limit }: Query): number {
  return limit === undefined ? MOST_LISTED : numberOf("limit", limit, MOST_LISTED);
}

function numberOf(name: string, text: string, most: number): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (!(number <= most)) {
    throw invalid(name, `has to be a whole number, at most ${most}`);
  }
  return number;
}

function invalid(name: string, expected: string): ApiFault {
  return new ApiFault(400, "invalid_parameter", `The parameter ${name} ${expected}.`, name);
}
