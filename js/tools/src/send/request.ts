import type { Answered } from "../wire.js";
import { exchange, type ExchangeOptions } from "./exchange.js";
import { RequestFailure } from "./failure.js";
import { targetOf } from "./target.js";

export interface RequestOptions extends ExchangeOptions {
  readonly url: string;
  /** From now to the end of the answer. */
  readonly timeoutMilliseconds: number;
  readonly signal: AbortSignal;
  /** Whether plain `http:` may leave this machine. */
  readonly allowRemote: boolean;
}

/**
 * Sends a request on a connection of its own, and follows no redirect. Of the answer's body only the beginning is kept.
 *
 * @throws the signal's reason if it is aborted. Everything else that can happen is an {@link Answered}.
 */
export async function request(options: RequestOptions): Promise<Answered> {
  const { signal, timeoutMilliseconds } = options;
  signal.throwIfAborted();
  const started = performance.now();
  const end = new AbortController();
  const interrupt = () => end.abort();
  signal.addEventListener("abort", interrupt);
  const timer = setTimeout(interrupt, timeoutMilliseconds);
  try {
    const target = await orAborted(targetOf(options.url, options.allowRemote), end.signal);
    return { ...(await exchange(target, options, end.signal)), milliseconds: since(started) };
  } catch (error) {
    signal.throwIfAborted();
    const failure = end.signal.aborted ? new RequestFailure("timeout", `no complete answer within ${timeoutMilliseconds / 1000} s`) : error;
    if (!(failure instanceof RequestFailure)) {
      throw failure;
    }
    return { failure: failure.kind, message: failure.message, milliseconds: since(started) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", interrupt);
  }
}

function since(started: number): number {
  return Math.round((performance.now() - started) * 10) / 10;
}

/** A look-up of a name cannot be stopped, but nobody has to wait for it. */
async function orAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return await new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    promise.then(resolve, reject);
  });
}
