// The local server of `emulate` and `listen`: a page, a JSON API and a stream of changes, for this machine alone.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { protect, sendFault, sendJson, sendText } from "./answers.js";
import type { EventStream } from "./event-stream.js";
import { checkContentType, checkHost, checkOrigin } from "./guard.js";
import { JsonBodies } from "./json-body.js";
import { listenOnLoopback, type Listening } from "./loopback.js";
import { openApi } from "./openapi.js";
import { ApiFault, match, type Route, type Schema } from "./route.js";

const MIB = 1024 * 1024;

/** How much a client may take. Times are in milliseconds. */
export interface Limits {
  /** For the head and the body of a request to arrive. */
  readonly request: number;
  /** The largest body of a request, in bytes. */
  readonly body: number;
  /** The bodies of all requests that are arriving, in bytes. */
  readonly bodies: number;
  readonly connections: number;
}

const LIMITS: Limits = { request: 30_000, body: 20 * MIB, bodies: 64 * MIB, connections: 256 };

export interface LocalServerOptions {
  /** 0 for a free one. */
  readonly port: number;
  /** The command's option for it, `--port` by default. */
  readonly portOption?: string;
  readonly routes: readonly Route[];
  readonly page: { readonly html: string; readonly script: string; readonly style: string };
  readonly stream: EventStream;
  /** For the OpenAPI description: its title, and schemas that the routes name as `#/components/schemas/...`. */
  readonly title: string;
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly limits?: Partial<Limits>;
}

/**
 * Listens on the loopback interface.
 *
 * @throws {PortTaken}
 */
export async function startLocalServer(options: LocalServerOptions): Promise<Listening> {
  const limits = { ...LIMITS, ...options.limits };
  const handler = new Handler(options, limits);
  const server = createServer(
    {
      headersTimeout: limits.request,
      requestTimeout: limits.request,
      connectionsCheckingInterval: Math.min(1_000, limits.request),
      keepAliveTimeout: 5_000,
      maxHeaderSize: 16 * 1024,
    },
    (request, response) => void handler.handle(request, response),
  );
  server.maxConnections = limits.connections;
  const listening = await listenOnLoopback(server, options.port, options.portOption);
  return {
    ...listening,
    close: async () => {
      options.stream.close();
      await listening.close();
    },
  };
}

/** The answers to all requests. */
class Handler {
  readonly #options: LocalServerOptions;
  readonly #routes: readonly Route[];
  readonly #bodies: JsonBodies;

  constructor(options: LocalServerOptions, limits: Limits) {
    this.#options = options;
    this.#routes = [READY, STREAM, described(options), ...options.routes];
    this.#bodies = new JsonBodies(limits.body, limits.bodies);
  }

  /** It never rejects: a server does not await it. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      protect(response);
      checkHost(request);
      await this.#answer(request, response);
    } catch (error) {
      sendFault(response, error instanceof ApiFault ? error : unexpected(error));
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { path, query } = target(request);
    if (!path.startsWith("/api/")) {
      if (this.#sendPage(path, request, response)) {
        return;
      }
    } else {
      checkOrigin(request);
    }
    if (path === STREAM.path && request.method === "GET") {
      this.#options.stream.open(response, header(request, "last-event-id"));
      return;
    }
    const { route, params } = match(this.#routes, request.method ?? "", path);
    const isWrite = route.method === "POST" || route.method === "PATCH";
    if (isWrite) {
      checkContentType(request);
    }
    const answer = await route.answer({
      params,
      query: known(query, route),
      body: isWrite ? await this.#bodies.read(request) : {},
      signal: whileWanted(response),
    });
    sendJson(response, answer);
  }

  /** Returns whether the path is one of the page's. */
  #sendPage(path: string, { method }: IncomingMessage, response: ServerResponse): boolean {
    const { html, script, style } = this.#options.page;
    const files: Readonly<Record<string, readonly [type: string, text: string] | undefined>> = {
      "/": ["text/html", html],
      "/page.js": ["text/javascript", script],
      "/page.css": ["text/css", style],
    };
    const file = method === "GET" || method === "HEAD" ? files[path] : undefined;
    if (file !== undefined) {
      sendText(response, ...file);
    }
    return file !== undefined;
  }
}

/** A server that closes ends its connections, so this is aborted then, too. */
function whileWanted(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  return gone.signal;
}

const READY: Route = {
  method: "GET",
  path: "/readyz",
  summary: "Whether the server is ready: it is, as soon as it answers",
  answers: { 200: { summary: "Ready", schema: { type: "object", properties: { ready: { const: true } }, required: ["ready"] } } },
  answer: () => ({ status: 200, body: { ready: true } }),
};

const STREAM: Route = {
  method: "GET",
  path: "/api/stream",
  summary: "What changes, as it changes. The header Last-Event-ID asks for what was missed; an event `reload` says that it is not known any more",
  answers: { 200: { summary: "Server-sent events", schema: { type: "string" }, mediaType: "text/event-stream" } },
  // To HEAD. GET opens the stream.
  answer: () => ({ status: 200 }),
};

function described({ title, routes, schemas }: LocalServerOptions): Route {
  const route: Route = {
    method: "GET",
    path: "/api/openapi.json",
    summary: "This description",
    answers: { 200: { summary: "OpenAPI 3.1", schema: { type: "object" } } },
    answer: () => ({ status: 200, body: openApi(title, [READY, STREAM, route, ...routes], schemas) }),
  };
  return route;
}

function target({ url = "" }: IncomingMessage): { path: string; query: URLSearchParams } {
  // A request of a proxy names a whole URL, an OPTIONS request may name `*`.
  if (!url.startsWith("/")) {
    throw new ApiFault(404, "not_found", "The request's target must begin with /.");
  }
  const [path = "", query = ""] = url.split(/\?(.*)/s);
  return { path, query: new URLSearchParams(query) };
}

/** @throws {ApiFault} `unknown_parameter`, `duplicate_parameter`. */
function known(query: URLSearchParams, { query: parameters = {} }: Route): Record<string, string> {
  for (const name of query.keys()) {
    if (!Object.hasOwn(parameters, name)) {
      const names = Object.keys(parameters);
      const there = names.length === 0 ? "takes no parameter" : `takes ${names.join(", ")}`;
      throw new ApiFault(400, "unknown_parameter", `This path ${there}.`, name);
    }
    if (query.getAll(name).length > 1) {
      throw new ApiFault(400, "duplicate_parameter", "A parameter may be there once.", name);
    }
  }
  return Object.fromEntries(query);
}

function header({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function unexpected(error: unknown): ApiFault {
  return new ApiFault(500, "internal", `This is a fault of docutray-webhook itself: ${String(error)}`);
}
