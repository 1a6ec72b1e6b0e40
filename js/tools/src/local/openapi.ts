import type { Route, Schema } from "./route.js";

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
  const answers = Object.entries(route.answers).map(([status, { summary, schema }]) => [status, answer(summary, schema)]);
  const refused = answer("The request is refused", { $ref: "#/components/schemas/Fault" });
  return {
    summary: route.summary,
    parameters: [...inPath, ...inQuery],
    ...(route.body !== undefined && { requestBody: { content: json(route.body) } }),
    responses: { ...Object.fromEntries(answers), default: refused },
  };
}

function answer(description: string, schema: Schema | undefined): object {
  return { description, ...(schema !== undefined && { content: json(schema) }) };
}

function json(schema: Schema): object {
  return { "application/json": { schema } };
}
