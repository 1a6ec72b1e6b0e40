import type { Body } from "../body.js";
import { invalidConfig } from "../options.js";
import type { HandlerOptions, HostOption } from "../receiver/options.js";
import type { Answer } from "../receiver/outcome.js";
import { Receiver } from "../receiver/receiver.js";
import { member, wrongArguments } from "../right-entry.js";
import { encoder } from "../utf8.js";
import { valueKind } from "../value-kind.js";
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
  send(payload: Uint8Array | Error): FastifyReply;
}

type FastifyHandler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

interface FastifyRoute {
  readonly config: object;
  readonly bodyLimit: number;
  errorHandler(error: Error, request: FastifyRequest, reply: FastifyReply): unknown;
}

/**
 * A plugin for Fastify 4 and 5. It adds a route that verifies a delivery as it arrives, processes its event once, and answers as
 * Docutray expects.
 *
 * ```ts
 * await app.register(fastifyWebhook, { path: "/hooks", secret, url, on });
 * ```
 *
 * The route gets the raw body, whatever parsers the application has. All other routes keep their parsers. The application's
 * hooks run for the route, its `onError` hooks with what a handler throws; its error handler does not, since the answer is that of
 * this package. `maxBody` limits its body, Fastify's `bodyLimit` does not.
 *
 * Rejects with a `WebhookError` `invalid_config`, whose `field` names the option.
 */
export async function fastifyWebhook(scope: FastifyScope, options: FastifyWebhookOptions): Promise<void> {
  if (typeof member(scope, "addContentTypeParser") !== "function") {
    throw wrongArguments("fastifyWebhook", "an instance of Fastify, as await app.register(fastifyWebhook, { ... }) gives it", [scope]);
  }
  const receiver = new Receiver(options, HOST_OPTIONS);
  const failures = new WeakMap<FastifyReply, Answer>();

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { answer, thrown } = await receiver.receive(() => incoming(request.raw, () => chunks(request)));
    try {
      // A timeout of the application may have answered already.
      if (reply.sent) {
        return reply;
      }
      return thrown === undefined ? respond(request, reply, answer) : fail(reply, asError(thrown.error), answer);
    } catch (error) {
      receiver.notSent(error);
      return reply;
    }
  }

  /** Sends an error, so that Fastify's `onError` hooks get it. Then Fastify calls this route's error handler. */
  function fail(reply: FastifyReply, error: Error, answer: Answer): FastifyReply {
    failures.set(reply, answer);
    return reply.code(answer.status).send(error);
  }

  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", async (_request, body) => body);
  scope.all(options.path, { errorHandler, config: WITHOUT_RAW_BODY, bodyLimit: receiver.maxBody }, answer);

  /**
   * Sends our own answer after a handler's failure, and for an invalid media type, which Fastify refuses before it looks for a parser.
   */
  function errorHandler(error: Error & { code?: unknown }, request: FastifyRequest, reply: FastifyReply): unknown {
    const failed = failures.get(reply);
    if (failed !== undefined) {
      return respond(request, reply, failed);
    }
    if (error.code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") {
      return answer(request, reply);
    }
    throw error;
  }
}

/** Fastify takes only errors as errors. */
function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(`the handler has thrown ${valueKind(thrown)}`, { cause: thrown });
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
