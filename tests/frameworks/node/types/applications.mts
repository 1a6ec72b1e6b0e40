// Compiled, never run. Passes the handler to each framework, with the framework's own types.
import { createServer } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import {
  fastifyWebhook,
  nodeHandler,
  type DeliveryRecord,
  type FastifyWebhookOptions,
  type HandlerOptions,
  type NodeHandler,
} from "docutray-webhook/node";
import { trace } from "@opentelemetry/api";
import express, { type RequestHandler } from "express";
import express4, { type RequestHandler as RequestHandler4 } from "express-4";
import fastify, { type FastifyPluginAsync } from "fastify";
import fastify4, { type FastifyPluginAsync as FastifyPluginAsync4 } from "fastify-4";
import pino from "pino";

const options: HandlerOptions = {
  secret: "whsec",
  url: "https://example.com/hooks",
  on: {
    CONVERSION_COMPLETED: async (event, { token, signal, seenBefore }) => {
      const total: unknown = event.payload.data["total"];
      const known: [number, AbortSignal, boolean] = [token, signal, seenBefore];
      console.log(event.payload.conversion_id, total, known);
    },
    "*": (event) => console.log(event.type),
  },
  onDelivery: (record: DeliveryRecord) => console.log(record.verdict),
  logger: pino(),
  onError: (error: unknown, { code, key }) => console.log(error, code, key),
  tracer: trace.getTracer("docutray-webhook"),
};
nodeHandler({ ...options, logger: console });
nodeHandler({ ...options, logger: fastify({ logger: true }).log });
nodeHandler({ ...options, logger: fastify4({ logger: true }).log });

const handler: NodeHandler = nodeHandler(options);
createServer(handler);
createServer((request, response) => handler(request, response));
createHttp2Server(handler);

const app = express();
app.post("/hooks", handler);
app.post("/hooks/:id", nodeHandler(options));
app.all("/hooks", express.raw({ type: "application/json" }), handler);
app.use("/hooks", handler);
app.route("/hooks").post(handler);
express.Router().post("/", handler);
app.post("/hooks", (request, response) => handler(request, response));
const taken: RequestHandler = handler;

const app4 = express4();
app4.post("/hooks", handler);
app4.all("/hooks", express4.raw({ type: "application/json" }), handler);
app4.use("/hooks", handler);
express4.Router().post("/", handler);
const taken4: RequestHandler4 = handler;

const webhook: FastifyWebhookOptions = { path: "/hooks", ...options };
await fastify().register(fastifyWebhook, webhook);
await fastify({ logger: true }).register(fastifyWebhook, { ...webhook, prefix: "/docutray" });
await fastify({ http2: true }).register(fastifyWebhook, webhook);
await fastify4().register(fastifyWebhook, webhook);
await fastify4({ http2: true, logger: true }).register(fastifyWebhook, webhook);
const plugin: FastifyPluginAsync<FastifyWebhookOptions> = fastifyWebhook;
const plugin4: FastifyPluginAsync4<FastifyWebhookOptions> = fastifyWebhook;

export { plugin, plugin4, taken, taken4 };

// @ts-expect-error the path is required
await fastify().register(fastifyWebhook, options);
// @ts-expect-error `on` is required
nodeHandler({ secret: "whsec", url: false });
// @ts-expect-error an event's name is misspelt
nodeHandler({ ...options, on: { CONVERSION_COMPLETE: () => {} } });
// @ts-expect-error a Web Request is for docutray-webhook/handler
await handler(new Request("https://example.com"), new Response());
