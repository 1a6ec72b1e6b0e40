/**
 * Handlers for `node:http`, Express and Fastify.
 *
 * ```ts
 * import { nodeHandler } from "docutray-webhook/node";
 *
 * app.post("/hooks", nodeHandler({
 *   secret, url,
 *   on: { CONVERSION_COMPLETED: async (event) => save(event.payload.data) },
 * }));
 * ```
 *
 * @packageDocumentation
 * @module docutray-webhook/node
 */

export { fastifyWebhook } from "./node/fastify.js";
export type { FastifyReply, FastifyRequest, FastifyScope, FastifyWebhookOptions } from "./node/fastify.js";
export { nodeHandler } from "./node/handler.js";
export type { NodeHandler, Next } from "./node/handler.js";
export type { NodeBody, NodeHeaders, NodeRequest, NodeResponse } from "./node/http.js";
export type * from "./handler-types.js";
