import type { GoodAnswer, Route, Schema } from "./route.js";

const FAULT: Schema = {
  type: "object",
  properties: {
    error: {
      type: "object",
      properties: { code: { type: "string" }, message: { type: "string" }, field: { type: "string" } },
      required: ["code", "message"],
      additionalProperties: false,
    },
  },
  required: ["error"],
  additionalProperties: false,
};

/** Returns the OpenAPI description of the routes. */
export function openApi(title: string, routes: readonly Route[], schemas: Readonly<Record<string, Schema>>): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return { openapi: "3.1.1", info: { title, version: "1" }, paths, components: { schemas: { ...schemas, Fault: FAULT } } };
}

function operation(route: Route): object {
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: "path", required: true, schema: { type: "string" } }));
  const inQuery = Object.entries(route.query ?? {}).map(([name, { summary, schema }]) => ({ name, in: "query", description: summary, schema }));
  const answers = Object.entries(route.answers).map(([status, good]) => [status, answer(good)]);
  const refused = answer({ summary: "The request is refused", schema: { $ref: "#/components/schemas/Fault" } });
  return {
    summary: route.summary,
    parameters: [...inPath, ...inQuery],
    ...(route.body !== undefined && { requestBody: { content: content(route.body) } }),
    responses: { ...Object.fromEntries(answers), default: refused },
  };
}

function answer({ summary, schema, mediaType }: GoodAnswer): object {
  return { description: summary, ...(schema !== undefined && { content: content(schema, mediaType) }) };
}

function content(schema: Schema, mediaType = "application/json"): object {
  return { [mediaType]: { schema } };
}
