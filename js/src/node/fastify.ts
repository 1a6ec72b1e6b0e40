import type { Body } from "../body.js";
import { invalidConfig } from "../options.js";
import type { HandlerOptions, HostOption } from "../receiver/options.js";
import type { Answer } from "../receiver/outcome.js";
import { Receiver } from "../receiver/receiver.js";
import { report } from "../receiver/report.js";
import { member, wrongArguments } from "../right-entry.js";
import { answerHeaders, incoming, type NodeBody, type NodeRequest } from "./http.js";
import { rawChunks } from "./raw-body.js";

/** The options of {@link fastifyWebhook}. */
export interface FastifyWebhookOptions extends HandlerOptions {
  /** The path of the route, in Fastify's syntax: `"/hooks"`. */
  readonly path: string;
}

/** The parts of a Fastify instance that the plugin uses. */
export interface FastifyScope {
  removeAllContentTypeParsers(): unknown;
  addContentTypeParser(type: string, parser: (request: FastifyRequest, body: NodeBody) => Promise<unknown>): unknown;
  all(path: string, options: FastifyRoute, handler: FastifyHandler): unknown;
}

export interface FastifyRequest {
  readonly raw: NodeRequest;
  readonly body: unknown;
  /** The body, if a hook of the application has read and kept it. */
  readonly rawBody?: unknown;
}

export interface FastifyReply {
  readonly sent: boolean;
  code(status: number): FastifyReply;
  headers(headers: Record<string, string>): FastifyReply;
  send(payload: Uint8Array): FastifyReply;
}

type FastifyHandler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

interface FastifyRoute {
  readonly config: object;
  readonly bodyLimit: number;
  errorHandler(error: Error, request: FastifyRequest, reply: FastifyReply): unknown;
}

const encoder = new TextEncoder();

/**
 * A plugin for Fastify 4 and 5. It adds a route that verifies a delivery as it arrives, processes its event once, and answers as
 * Docutray expects.
 *
 * ```ts
 * await app.register(fastifyWebhook, { path: "/hooks", secret, url, on });
 * ```
 *
 * The route gets the raw body, whatever parsers the application has. All other routes keep their parsers. The application's
 * hooks run for the route. `maxBody` limits its body, Fastify's `bodyLimit` does not.
 *
 * Rejects with a `WebhookError` `invalid_config`, whose `field` names the option.
 */
export async function fastifyWebhook(scope: FastifyScope, options: FastifyWebhookOptions): Promise<void> {
  if (typeof member(scope, "addContentTypeParser") !== "function") {
    throw wrongArguments("fastifyWebhook", "an instance of Fastify, as await app.register(fastifyWebhook, { ... }) gives it", [scope]);
  }
  const receiver = new Receiver(options, HOST_OPTIONS);

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const response = await receiver.receive(() => incoming(request.raw, () => chunks(request)));
    try {
      // A timeout of the application may have answered already.
      return reply.sent ? reply : respond(request, reply, response);
    } catch (error) {
      report("the answer could not be sent", error);
      return reply;
    }
  }

  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", async (_request, body) => body);
  scope.all(options.path, { errorHandler, config: WITHOUT_RAW_BODY, bodyLimit: receiver.maxBody }, answer);

  /** Fastify refuses an invalid media type before it looks for a parser. Such a request gets our own answer. */
  function errorHandler(error: Error & { code?: unknown }, request: FastifyRequest, reply: FastifyReply): unknown {
    if (error.code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") {
      return answer(request, reply);
    }
    throw error;
  }
}

/** Keeps fastify-raw-body off this route. It would read the body first and decode it. */
const WITHOUT_RAW_BODY = { rawBody: false };

function chunks(request: FastifyRequest): AsyncIterable<Body> {
  const { raw, body } = request;
  const kept = () => ({ rawBody: request.rawBody ?? raw.rawBody, body });
  return rawChunks(isStream(body) ? body : raw, kept, () => READ_BEFORE, raw);
}

function respond(request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  // Sent as bytes, since Fastify adds a charset to text.
  return reply.code(answer.status).headers(answerHeaders(request.raw, answer)).send(encoder.encode(answer.body));
}

function checkPath(path: unknown): void {
  if (typeof path !== "string") {
    throw invalidConfig("path", 'has to be the path of a route: "/hooks"');
  }
}

/** Fastify passes its own options of `register` on to the plugin. */
const OF_FASTIFY = ["prefix", "logLevel", "logSerializers", "name"];
const HOST_OPTIONS: readonly HostOption[] = [
  { name: "path", check: checkPath },
  ...OF_FASTIFY.map((name) => ({ name, check: () => {} })),
];

const READ_BEFORE =
  "a preParsing hook of the application read the body before fastifyWebhook, and the raw body is gone: let the hook " +
  "return at once for this route, or keep the bytes in request.rawBody";

/** Whether the body is still the stream that this plugin's parser returned. A hook may have replaced it. */
function isStream(body: unknown): body is NodeBody {
  return typeof body === "object" && body !== null && "iterator" in body;
}
