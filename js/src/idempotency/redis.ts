import { invalidConfig } from "../options.js";
import { storeOptions, type Durations, type StoreOptions } from "./durations.js";
import { checkHealth } from "./health.js";
import { evaluator, type Evaluate, type RedisClient } from "./redis/clients.js";
import { CLAIM, COMPLETE, RELEASE, RENEW } from "./redis/scripts.js";
import type { Claim, StoreWithHealth } from "./store.js";

/** The options of a Redis store. */
export interface RedisOptions extends StoreOptions {
  /**
   * The prefix of this store's Redis keys. Default `docutray-webhook:`. **Two services that receive the same events and
   * share one Redis need different prefixes.** With the same prefix, each would take the other's events for its own.
   */
  readonly prefix?: string | undefined;
}

/**
 * Keeps claims in Redis 5 or newer, for any number of workers. You connect the client before you pass it, and close it
 * afterwards.
 *
 * ```ts
 * import { createClient } from "redis";                       // 4 or newer
 * const client = createClient({ url: process.env.REDIS_URL, disableOfflineQueue: true });
 * client.on("error", console.error);
 * await client.connect();
 *
 * import { Redis } from "ioredis";                            // 5 or newer
 * const client = new Redis(process.env.REDIS_URL, { enableOfflineQueue: false, maxRetriesPerRequest: 0 });
 * client.on("error", console.error);
 *
 * const idempotency = redis(client);
 * ```
 *
 * With these options, a claim fails at once while Redis is unreachable, and Docutray is told to retry. Without them, the
 * clients queue the claim until Redis is back, and Docutray is told only after the 5 s that a handler waits for its store.
 * With ioredis, wait for its `ready` event before the first delivery. Without an `error` listener, node-redis ends the process
 * when Redis becomes unreachable.
 *
 * Functions on Vercel use Upstash, whose client speaks HTTP:
 *
 * ```ts
 * import { Redis } from "@upstash/redis";
 * const client = Redis.fromEnv({ retry: false, signal: () => AbortSignal.timeout(3000) });
 *
 * const idempotency = redis(client);
 * ```
 *
 * Unless `retry` is `false`, that client repeats a call whose answer was lost. A repeated claim then finds the event claimed by
 * its own first attempt, and nobody processes the event until that lease ends. Leave Upstash's eviction off. The tests run the
 * client against a Redis behind our own HTTP bridge, not against Upstash.
 *
 * The store keeps one small hash for each event, which expires. So that it is not lost earlier, the server's configuration
 * must contain
 *
 * - `maxmemory-policy noeviction`: any other policy may evict a processed event, which is then processed again;
 * - `appendonly yes` and `appendfsync always`: an answered call is then not lost if the server crashes. With `everysec` the
 *   last second may be lost, and its events are processed again. Tokens keep growing, unless the server's clock
 *   was set back, too.
 *
 * Replication is asynchronous. A failover may lose the calls that the new master had not received yet, as with
 * `everysec`.
 *
 * @throws `WebhookError` `invalid_config`, whose `field` names the option; `TypeError` if `client` is not such a client.
 */
export function redis(client: RedisClient, options: RedisOptions = {}): StoreWithHealth {
  const evaluate = evaluator(client);
  const { own: prefix, ...durations } = storeOptions(options, { name: "prefix", check: checkedPrefix });
  return new RedisStore(evaluate, prefix, durations);
}

function checkedPrefix(prefix: unknown = "docutray-webhook:"): string {
  if (typeof prefix !== "string") {
    throw invalidConfig("prefix", "has to be text: the beginning of every key in Redis");
  }
  return prefix;
}

const READINESS = {
  place: "Redis",
  advice:
    "see whether the client is connected, whether the server takes writes (no replica, memory and disk not full), and " +
    "whether this user may run EVAL, TIME, HMGET, HSET and PEXPIRE on keys with this prefix",
};

class RedisStore implements StoreWithHealth {
  readonly lease: number;
  readonly #evaluate: Evaluate;
  readonly #prefix: string;
  readonly #leaseMicroseconds: string;
  readonly #rememberMilliseconds: string;

  constructor(evaluate: Evaluate, prefix: string, { lease, remember }: Durations) {
    this.lease = lease;
    this.#evaluate = evaluate;
    this.#prefix = prefix;
    this.#leaseMicroseconds = String(Math.ceil(lease * 1e6));
    this.#rememberMilliseconds = String(Math.ceil(remember * 1e3));
  }

  async claim(key: string): Promise<Claim> {
    const answer = await this.#run(CLAIM, key, this.#leaseMicroseconds, this.#rememberMilliseconds);
    const [state, number, again] = answer.split(" ");
    switch (state) {
      case "claimed":
        return { state, token: Number(number), seenBefore: again !== undefined };
      case "busy":
        return { state, retryAfter: Number(number) };
      case "done":
        return { state };
      default:
        throw unknownAnswer(answer);
    }
  }

  renew(key: string, token: number): Promise<boolean> {
    return this.#isOurs(RENEW, key, String(token), this.#leaseMicroseconds, this.#rememberMilliseconds);
  }

  complete(key: string, token: number): Promise<boolean> {
    return this.#isOurs(COMPLETE, key, String(token), this.#rememberMilliseconds);
  }

  release(key: string, token: number): Promise<boolean> {
    return this.#isOurs(RELEASE, key, String(token), this.#rememberMilliseconds);
  }

  health(): Promise<void> {
    return checkHealth(this, READINESS);
  }

  /** Runs a script that answers 1 or 0. Any other answer is an error, since a client may resolve a call that it has aborted. */
  async #isOurs(script: string, key: string, ...args: string[]): Promise<boolean> {
    const answer = await this.#run(script, key, ...args);
    if (answer !== "1" && answer !== "0") {
      throw unknownAnswer(answer);
    }
    return answer === "1";
  }

  /** Returns the answer as text, whatever types the client is configured to return. */
  async #run(script: string, key: string, ...args: string[]): Promise<string> {
    return String(await this.#evaluate(script, this.#prefix + key, args));
  }
}

function unknownAnswer(answer: string): Error {
  return new Error(`Redis answered a script with ${JSON.stringify(answer)}, which this version does not know`);
}
