import { request as requestPlain, type ClientRequest, type IncomingMessage, type RequestOptions as NodeOptions } from "node:http";
import { request as requestSecure } from "node:https";
import type { LookupFunction } from "node:net";
import { beginning, bytesOf } from "../bytes.js";
import { fieldsOf } from "../fields.js";
import type { Answered, Fields } from "../wire.js";
import { RequestFailure } from "./failure.js";
import type { Target } from "./target.js";

type Answer = Omit<Extract<Answered, { readonly status: unknown }>, "milliseconds">;

/** What is sent, and how much of the answer is kept. */
export interface ExchangeOptions {
  /** `POST` by default. */
  readonly method?: string;
  /** Sent in this order and case, doubles included. `Host` and `Content-Length` are added if they are absent. */
  readonly headers: Fields;
  readonly body: Buffer;
  /** Writes the body in another way than at once. */
  readonly write?: (outgoing: ClientRequest, body: Buffer) => void;
  /** How many bytes of the answer's body are kept: 64 KiB by default. */
  readonly keep?: number;
}

/** How far a request came: what an error means depends on it. */
type Stage = "connecting" | "securing" | "connected";

/** How many bytes of an answer's body are kept by default. */
const KEPT = 64 * 1024;

/** Sends one request and reads its answer. */
export async function exchange(target: Target, options: ExchangeOptions, signal: AbortSignal): Promise<Answer> {
  const outgoing = opened(target, options, signal);
  const stage = watched(outgoing, target);
  try {
    return await new Promise((resolve, reject) => {
      let isAnswered = false;
      const fail = (failure: RequestFailure) => {
        // An endpoint may answer and close before it has read everything.
        if (!isAnswered) {
          reject(failure);
        }
      };
      outgoing.once("response", (incoming) => {
        isAnswered = true;
        read(incoming, options.keep ?? KEPT).then(resolve, reject);
      });
      outgoing.on("error", (error) => fail(failureOf(error, stage())));
      outgoing.once("close", () => fail(new RequestFailure("reset", "the connection was closed without an answer")));
      (options.write ?? whole)(outgoing, options.body);
    });
  } finally {
    outgoing.destroy();
  }
}

function opened({ url, addresses }: Target, { method = "POST", headers, body }: ExchangeOptions, signal: AbortSignal): ClientRequest {
  const lookup: LookupFunction = (_hostname, { all }, callback) => {
    const [first] = addresses;
    if (all === true || first === undefined) {
      callback(null, [...addresses]);
    } else {
      callback(null, first.address, first.family);
    }
  };
  const options: NodeOptions = { method, headers: completed(headers, url, body).flat(), agent: false, lookup, signal };
  const outgoing = url.protocol === "https:" ? requestSecure(url, options) : requestPlain(url, options);
  // Otherwise Node drops headers of the answer behind the first 1000.
  outgoing.maxHeadersCount = 0;
  return outgoing;
}

function whole(outgoing: ClientRequest, body: Buffer): void {
  outgoing.end(body);
}

/** With headers as a list, Node adds neither of the two. */
function completed(headers: Fields, url: URL, body: Buffer): Fields {
  const has = (name: string) => headers.some(([given]) => given.toLowerCase() === name);
  return [
    ...(has("host") ? [] : [["Host", url.host] as const]),
    ...headers,
    ...(has("content-length") || has("transfer-encoding") ? [] : [["Content-Length", String(body.length)] as const]),
  ];
}

/** Returns what tells how far the request came. */
function watched(outgoing: ClientRequest, { url }: Target): () => Stage {
  let stage: Stage = "connecting";
  outgoing.once("socket", (socket) => {
    socket.once("connect", () => (stage = url.protocol === "https:" ? "securing" : "connected"));
    socket.once("secureConnect", () => (stage = "connected"));
  });
  return () => stage;
}

function failureOf(error: Error, stage: Stage): RequestFailure {
  switch (stage) {
    case "connecting":
      return new RequestFailure("refused", "no server accepts connections there", error);
    case "securing":
      return new RequestFailure("tls", "no secure connection; if its certificate is your own, set NODE_EXTRA_CA_CERTS to the file of it", error);
    case "connected":
      return new RequestFailure("reset", "the connection broke before there was an answer", error);
  }
}

async function read(incoming: IncomingMessage, keep: number): Promise<Answer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > keep) {
        break;
      }
    }
  } catch (error) {
    throw new RequestFailure("reset", `the connection broke within the answer, whose status was ${incoming.statusCode}`, error);
  }
  return {
    status: incoming.statusCode ?? 0,
    headers: fieldsOf(incoming.rawHeaders),
    body: bytesOf(beginning(Buffer.concat(chunks), keep)),
    ...(length > keep ? { bodyTruncated: true } : {}),
  };
}
