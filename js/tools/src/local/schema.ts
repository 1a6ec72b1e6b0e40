import type { Schema } from "./route.js";

export function arrayOf(items: Schema): Schema {
  return { type: "array", items };
}

/** An object with these members and no others. A name that ends with `?` is that of an optional one. */
export function object(members: Readonly<Record<string, Schema>>, summary?: string): Schema {
  const names = Object.keys(members);
  return {
    type: "object",
    ...(summary !== undefined && { description: summary }),
    properties: Object.fromEntries(Object.entries(members).map(([name, schema]) => [name.replace("?", ""), schema])),
    required: names.filter((name) => !name.endsWith("?")),
    additionalProperties: false,
  };
}
