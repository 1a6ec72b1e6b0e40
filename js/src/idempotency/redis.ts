import { invalidConfig } from "../options.js";
import { storeOptions, type Durations, type StoreOptions } from "./durations.js";
import { checkHealth } from "./health.js";
import { evaluator, type Evaluate, type RedisClient } from "./redis/clients.js";
import { CLAIM, COMPLETE, RELEASE, RENEW } from "./redis/scripts.js";
import type { Claim, StoreWithHealth } from "./store.js";

/** How a Redis store keeps claims, and where. */
export interface RedisOptions extends StoreOptions {
  /**
   * What every Redis key of this store begins with. Default `docutray-webhook:`. **Two services that receive the same
   * events and share one Redis need different ones**: with the same, each would take the other's events for its own.
   */
  readonly prefix?: string | undefined;
}

/**
 * Keeps claims in Redis 5 or newer, for any number of workers. The client is yours: connect it before, close
 * it after.
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
 * Those options make a claim fail at once while Redis is away, so that Docutray is told to come again. Without them the
 * clients keep it back until Redis is there again, and Docutray is told only after the 5 s that a handler waits for its
 * store. With ioredis, wait for its event `ready` before the first delivery. Without a listener for `error`, node-redis
 * ends the process when Redis goes away.
 *
 * Upstash, whose client speaks HTTP, is what functions on Vercel can reach:
 *
 * ```ts
 * import { Redis } from "@upstash/redis";
 * const client = Redis.fromEnv({ retry: false, signal: () => AbortSignal.timeout(3000) });
 *
 * const idempotency = redis(client);
 * ```
 *
 * Unless `retry` is `false`, that client repeats a call that had no answer. A claim whose answer was lost then finds its own
 * first try, and counts as another worker's until the lease ends. Leave Upstash's eviction off. The tests run the client
 * against a Redis behind an HTTP bridge of our own, not against Upstash.
 *
 * What is kept of an event is one small hash, which expires. For it to be there when it is needed, the server's
 * configuration has to say
 *
 * - `maxmemory-policy noeviction`: any other may drop what is done, which then is processed again;
 * - `appendonly yes` and `appendfsync always`: nothing that was answered is lost when the server crashes. With
 *   `everysec` the last second is: an event that was done in it is processed again. Tokens grow all the same.
 *
 * Replicas follow their master a moment behind. A failover may lose what the new master had not yet heard, as with
 * `everysec`.
 *
 * @throws {@link WebhookError} `invalid_config`, whose `field` names the option; `TypeError` for what is no such client.
 */
export function redis(client: RedisClient, options: RedisOptions = {}): StoreWithHealth {
  const evaluate = evaluator(client);
  const { own: prefix, ...durations } = storeOptions(options, { name: "prefix", check: checkedPrefix });
  return new RedisStore(evaluate, prefix, durations);
}

function checkedPrefix(prefix: unknown = "docutray-webhook:"): string {
  if (typeof prefix !== "string") {
    throw invalidConfig("prefix", "has to be text: what every key in Redis begins with");
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

  /** Of a script that answers 1 or 0. A client that was told to give up may answer something else, which is no `false`. */
  async #isOurs(script: string, key: string, ...args: string[]): Promise<boolean> {
    const answer = await this.#run(script, key, ...args);
    if (answer !== "1" && answer !== "0") {
      throw unknownAnswer(answer);
    }
    return answer === "1";
  }

  /** As text, whatever a client was told to make of answers. */
  async #run(script: string, key: string, ...args: string[]): Promise<string> {
    return String(await this.#evaluate(script, this.#prefix + key, args));
  }
}

function unknownAnswer(answer: string): Error {
  return new Error(`Redis answered a script with ${JSON.stringify(answer)}, which this version does not know`);
}
