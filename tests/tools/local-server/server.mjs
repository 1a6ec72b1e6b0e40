// A local server with a few routes, and a client that sends exactly what it is told.
import { request } from "node:http";
import { source } from "../source.mjs";

const { EventStream, PortTaken, startLocalServer } = await source("local/server.ts", "local/event-stream.ts", "local/loopback.ts");

export { PortTaken };

const anything = { 200: { summary: "What came" } };

/** Starts a server for one test, which echoes bodies at /api/echo and shows parameters at /api/items/:id. */
export async function started(t, options = {}) {
  const stream = new EventStream();
  const server = await startLocalServer({
    port: options.port ?? 0,
    title: "A server",
    schemas: {},
    page: { html: "<!doctype html>", script: "export {};", style: "body {}" },
    stream,
    routes: [
      { method: "POST", path: "/api/echo", summary: "Echo", body: {}, answers: anything, answer: ({ body }) => ({ status: 200, body }) },
      {
        method: "GET",
        path: "/api/items/:id",
        summary: "Item",
        query: { text: { summary: "Text", schema: { type: "string" } } },
        answers: anything,
        answer: ({ params, query }) => ({ status: 200, body: { params, query } }),
      },
      ...(options.routes ?? []),
    ],
    limits: options.limits,
  });
  t.after(() => server.close());
  return { ...server, stream };
}

/** Sends a request. `headers` is a flat list, as in `rawHeaders`. */
export async function send({ port }, { method = "GET", path = "/", headers, body }) {
  const fields = headers ?? ["Host", `127.0.0.1:${port}`];
  const sent = request({ host: "127.0.0.1", port, method, path, headers: fields, setHost: false, agent: false });
  const response = await new Promise((resolve, reject) => sent.once("response", resolve).once("error", reject).end(body));
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) {
    text += chunk;
  }
  const isJson = response.headers["content-type"] === "application/json";
  return { status: response.statusCode, headers: response.headers, text, json: isJson && text !== "" ? JSON.parse(text) : undefined };
}

/** The headers of a write that is allowed, with others in addition. */
export function writing({ port }, ...more) {
  return ["Host", `127.0.0.1:${port}`, "Content-Type", "application/json", ...more];
}
