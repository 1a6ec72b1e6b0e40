// The socket that receives deliveries. Anybody may reach it, for a tunnel leads to it: it holds little of a sender, and not for long.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { BodyBudget, Overloaded } from "../../../src/receiver/body-budget.js";
import { fieldsOf } from "../fields.js";
import { listenOnLoopback, type Listening } from "../local/loopback.js";
import type { Fields } from "../wire.js";
import { send, type Reply } from "./reply.js";
import { readBody } from "./request-body.js";

const MIB = 1024 * 1024;

/** How much senders may take. Times are in milliseconds. */
export interface ReceivingLimits {
  /** The largest body that is accepted, in bytes: the core's default. */
  readonly body: number;
  /** The bodies of all requests that are not answered yet, in bytes. */
  readonly bodies: number;
  /** For the head of a request to arrive, and for the whole request: as long as Docutray waits. */
  readonly head: number;
  readonly request: number;
  readonly connections: number;
  /** Requests that are not answered yet. A sender that has gone does not end its request. */
  readonly requests: number;
}

export const RECEIVING_LIMITS: ReceivingLimits = { body: 16 * MIB, bodies: 64 * MIB, head: 10_000, request: 30_000, connections: 256, requests: 256 };

/** A whole request, as it came. */
export interface Arrived {
  readonly method: string;
  readonly target: string;
  readonly headers: Fields;
  /** Of a body over the limit: one byte more than the limit. */
  readonly body: Buffer;
  /** How many bytes came, or were announced. */
  readonly bytes: number;
}

/** Why a request was no delivery, by the code of its answer. */
export type NoDelivery =
  | "foreign_origin"
  | "incomplete_body"
  | "malformed_request"
  | "method_not_allowed"
  | "overloaded"
  | "body_timeout";

export interface ReceivingSocketOptions {
  /** 0 for a free one. */
  readonly port: number;
  readonly limits: ReceivingLimits;
  /** Decides about a whole request. */
  receive(arrived: Arrived): Promise<Reply>;
  /** What a request gets that is no delivery. */
  refuse(reason: NoDelivery): Reply;
  /** What a request gets if `receive` has thrown, or its reply cannot be written. */
  failed(error: unknown): Reply;
}

/** @throws {PortTaken} */
export async function openReceivingSocket(options: ReceivingSocketOptions): Promise<Listening> {
  const { limits } = options;
  const server = createServer({
    headersTimeout: limits.head,
    requestTimeout: limits.request,
    connectionsCheckingInterval: Math.min(1_000, limits.head),
    // Longer than tunnels keep an idle connection, 90 s. Otherwise a delivery could be sent while this end closes.
    keepAliveTimeout: 100_000,
  });
  server.maxConnections = limits.connections;
  new Requests(server, options);
  return await listenOnLoopback(server, options.port);
}

/** The requests that are not answered yet. */
class Requests {
  readonly #options: ReceivingSocketOptions;
  readonly #budget: BodyBudget;
  /** By their connections. */
  readonly #current = new Map<Socket, IncomingMessage>();
  /** Those that the parser gave up, and that were reported then. */
  readonly #broken = new WeakSet<IncomingMessage>();
  #count = 0;

  constructor(server: Server, options: ReceivingSocketOptions) {
    this.#options = options;
    this.#budget = new BodyBudget(options.limits.bodies);
    server.on("request", (request, response) => void this.#take(request, response));
    server.on("clientError", (error: NodeJS.ErrnoException, socket) => this.#giveUp(error, socket as Socket));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket } = request;
    response.on("error", () => undefined);
    // Requests that do not wait for the answer before them could be any number. Docutray sends none.
    if (this.#current.has(socket)) {
      socket.destroy();
      return;
    }
    this.#current.set(socket, request);
    const end = () => this.#current.get(socket) === request && this.#current.delete(socket);
    response.once("finish", end);
    response.once("close", end);
    // A server does not await its listener: what is thrown here would end the process.
    try {
      const reply = await this.#reply(request);
      if (reply !== undefined) {
        send(response, reply);
      }
    } catch (error) {
      const reply = this.#options.failed(error);
      if (response.headersSent) {
        response.destroy();
      } else {
        send(response, reply);
      }
    }
  }

  /** Returns nothing if the sender has gone. */
  async #reply(request: IncomingMessage): Promise<Reply | undefined> {
    const early = this.#count >= this.#options.limits.requests ? "overloaded" : reasonOf(request);
    if (early !== undefined) {
      return this.#options.refuse(early);
    }
    const share = this.#budget.share();
    this.#count += 1;
    try {
      const body = await readBody(request, this.#options.limits.body, share);
      if (body === undefined) {
        this.#gone(request);
        return undefined;
      }
      const { method = "", url: target = "", rawHeaders } = request;
      return await this.#options.receive({ method, target, headers: fieldsOf(rawHeaders), ...body });
    } catch (error) {
      return error instanceof Overloaded ? this.#options.refuse("overloaded") : this.#options.failed(error);
    } finally {
      this.#count -= 1;
      share.end();
    }
  }

  #gone(request: IncomingMessage): void {
    if (!this.#broken.has(request)) {
      this.#options.refuse("incomplete_body");
    }
  }

  /** The parser gave up: the bytes are no HTTP, or too slow. What is behind them cannot be told from a request. */
  #giveUp({ code }: NodeJS.ErrnoException, socket: Socket): void {
    const current = this.#current.get(socket);
    // A sender that has gone in the middle needs no answer.
    const isGone = code === "ECONNRESET" || code === "HPE_INVALID_EOF_STATE";
    if (!socket.writable || isGone || current?.complete === true) {
      socket.destroy();
      return;
    }
    if (current !== undefined) {
      this.#broken.add(current);
    }
    const isSlow = code === "ERR_HTTP_REQUEST_TIMEOUT";
    this.#options.refuse(isSlow ? "body_timeout" : "malformed_request");
    socket.end(`HTTP/1.1 ${isSlow ? "408 Request Timeout" : "400 Bad Request"}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    socket.once("finish", () => socket.destroy());
  }
}

/** Returns why the head is not that of a delivery that may be forwarded. */
export function reasonOf({ method, url = "", headers, rawHeaders }: Pick<IncomingMessage, "method" | "url" | "headers" | "rawHeaders">): NoDelivery | undefined {
  if (method !== "POST") {
    return "method_not_allowed";
  }
  // The target of a request to a proxy is another server's. The parser of Node 20.19 lets bytes into one that no URL has (RFC 3986, 2).
  const isTarget = /^\/[!-~]*$/.test(url);
  // Two hosts are refused as RFC 9112, 3.2 says.
  if (!isTarget || rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "host").length > 1) {
    return "malformed_request";
  }
  // A page in the developer's browser must not reach the developer's server through here under another `Host`.
  return headers.origin === undefined ? undefined : "foreign_origin";
}
