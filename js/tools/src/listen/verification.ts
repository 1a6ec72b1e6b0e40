import { rule, type Failure, type Rules } from "../rules.js";
import type { Explanation, Fields } from "../wire.js";
import { bytesOf } from "../bytes.js";
import { RECEIVING_LIMITS, type Arrived } from "./receiving-socket.js";
import type { Reply } from "./reply.js";
import type { Settings } from "./settings.js";

type Request = Pick<Arrived, "method" | "target" | "headers" | "body">;

/** Verifies requests with the listener's secrets and URL. The rules in Rust decide. */
export class Verification {
  readonly #secrets: readonly string[];
  readonly #url: string | undefined;
  /** Where the listener receives. */
  readonly #listens: () => string;

  constructor({ secrets, url }: Pick<Settings, "secrets" | "url">, listens: () => string) {
    this.#secrets = secrets;
    this.#url = url;
    this.#listens = listens;
  }

  explain(request: Request, now = seconds()): Explanation {
    return rule("explain", { headers: request.headers, target: request.target, body: bytesOf(request.body), ...this.#configuration(request), now });
  }

  /** Returns what a right receiver answers, whose handler succeeds. */
  answer(request: Request, isProcessed: boolean, now = seconds()): { readonly reply: Exclude<Reply, string>; readonly code?: string } {
    const { method, headers, body } = request;
    const answer = rule("rightAnswer", { method, headers, body: bytesOf(body), ...this.#configuration(request), now, isProcessed });
    return { reply: replyOf(answer), ...(answer.code !== undefined && { code: answer.code }) };
  }

  /** Returns the URL that a delivery to this request's target signs. */
  url({ target, headers }: Pick<Request, "target" | "headers">): string {
    return this.#url ?? `${ownOrigin(this.#listens(), headers)}${target}`;
  }

  /** Returns the newest secret. */
  get secret(): string {
    return this.#secrets[0] ?? "";
  }

  #configuration(request: Request) {
    return { secrets: this.#secrets, url: this.url(request), maxBody: RECEIVING_LIMITS.body };
  }
}

/** Whoever registers the listener's own address may write `localhost` for `127.0.0.1`. Any other `Host` is not believed. */
function ownOrigin(listens: string, headers: Fields): string {
  const host = headers.find(([name]) => name.toLowerCase() === "host")?.[1].toLowerCase();
  const own = new URL(listens);
  return host === `localhost:${own.port}` ? `http://${host}` : listens;
}

/** Returns the answer to a request that cannot be verified or forwarded. */
export function failureAnswer(failure: Failure): Exclude<Reply, string> {
  return replyOf(rule("failureAnswer", { failure }));
}

function replyOf({ status, headers, body }: Rules["failureAnswer"]["output"]): Exclude<Reply, string> {
  return { status, headers, body: { text: body } };
}

/** Unix time. */
export function seconds(): number {
  return Math.floor(Date.now() / 1_000);
}
