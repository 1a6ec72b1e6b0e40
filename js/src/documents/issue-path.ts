import type { SchemaIssue } from "./standard-schema.js";

/** A name as schemas have it. Another may be a document's own text, and what is behind it does not count then. */
const NAME = /^[\p{L}_$][\p{L}\p{N}_$-]{0,63}$/u;
/** Deeper than a person looks. */
const LONGEST = 32;

/** Where in a payload the first issue is: `data.lines[0].amount`. As far as it leads over names and indices. */
export function pathOfFirst(issues: readonly SchemaIssue[], start: string): string {
  let path = start;
  for (const segment of issues[0]?.path?.slice(0, LONGEST) ?? []) {
    const key = typeof segment === "object" ? segment.key : segment;
    if (typeof key === "number") {
      path += `[${key}]`;
    } else if (typeof key === "string" && NAME.test(key)) {
      path += `.${key}`;
    } else {
      break;
    }
  }
  return path;
}
