import type { SchemaIssue } from "./standard-schema.js";

/** A name that a schema may declare. Any other key is probably text of the document, which must not enter an error. */
const NAME = /^[\p{L}_$][\p{L}\p{N}_$-]{0,63}$/u;
/** The most segments of a path. */
const LONGEST = 32;

/** Returns the path of the first issue, such as `data.lines[0].amount`. It ends before the first key that is not such a name. */
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
