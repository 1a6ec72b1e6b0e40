import type { Fields } from "./wire.js";

/** Returns the fields that Node has kept as they came, as pairs. */
export function fieldsOf(rawHeaders: readonly string[]): Fields {
  return rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ""] as const] : []));
}
