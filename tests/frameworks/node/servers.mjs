// Starts an application of each framework on the loopback interface, for one test.
import { once } from "node:events";
import { createServer } from "node:http";
import { fastifyWebhook, nodeHandler } from "docutray-webhook/node";
import express from "express";
import express4 from "express-4";
import fastify from "fastify";
import fastify4 from "fastify-4";

export const EXPRESS = { "Express 4": express4, "Express 5": express };
export const FASTIFY = { "Fastify 4": fastify4, "Fastify 5": fastify };

/** Each has the webhook at `/hooks`. `/echo` answers with the JSON that it gets. */
export const HOSTS = {
  "node:http": (t, options) => {
    const handle = nodeHandler(options);
    return listening(t, createServer((request, response) => handle(request, response)));
  },
  ...mapped(EXPRESS, (framework) => (t, options) => {
    const app = framework();
    app.all("/hooks", nodeHandler(options));
    app.use(framework.json());
    app.post("/echo", (request, response) => void response.json(request.body));
    return listening(t, createServer(app));
  }),
  ...mapped(FASTIFY, (framework) => async (t, options) => {
    const app = framework();
    app.post("/echo", async (request) => request.body);
    await app.register(fastifyWebhook, { path: "/hooks", ...options });
    return ready(t, app);
  }),
};

/** Starts a server. Returns its address. */
export async function listening(t, server) {
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${server.address().port}`;
}

/** Starts a Fastify application. Returns its address. */
export async function ready(t, app) {
  t.after(async () => {
    // Otherwise it would wait for connections that a test left open.
    app.server.closeAllConnections();
    await app.close();
  });
  return app.listen({ port: 0, host: "127.0.0.1" });
}

function mapped(object, map) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]));
}
