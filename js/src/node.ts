/**
 * Handlers for `node:http`, Express and Fastify.
 *
 * @packageDocumentation
 */
import "#core";

export type * from "./reception.js";
