import { invalidConfig } from "../options.js";
import { storeOptions, type Durations, type StoreOptions } from "./durations.js";
import { CLAIM, COMPLETE, RELEASE, RENEW } from "./redis/scripts.js";
import type { Claim, Store } from "./store.js";

/** The options of a Redis store. */
export interface RedisOptions extends StoreOptions {
  /**
   * The prefix of this store's Redis keys. Default `docutray-webhook:`. **Two services that receive the same events and
   * share one Redis need different prefixes.** With the same prefix, each would take the other's events for its own.
   */
  readonly prefix?: string | undefined;
}

/** The parts of a `redis` (node-redis) client that the store uses: for one server, a cluster, a pool or a sentinel. */
export interface NodeRedisClient {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** The parts of an `ioredis` client that the store uses: for one server or a cluster. */
export interface IoredisClient {
  eval(script: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
  /** Distinguishes the two kinds of clients. */
  defineCommand(name: string, definition: { lua: string }): unknown;
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
 * The store keeps one small hash for each event, which expires. So that it is not lost earlier, the server's configuration
 * must contain
 *
 * - `maxmemory-policy noeviction`: any other policy may evict a processed event, which is then processed again;
 * - `appendonly yes` and `appendfsync always`: an answered call is then not lost if the server crashes. With `everysec` the
 *   last second may be lost, and its events are processed again. Tokens keep growing in any case.
 *
 * Replication is asynchronous. A failover may lose the calls that the new master had not received yet, as with
 * `everysec`.
 *
 * @throws {@link WebhookError} `invalid_config`, whose `field` names the option; `TypeError` if `client` is not such a client.
 */
export function redis(client: NodeRedisClient | IoredisClient, options: RedisOptions = {}): Store {
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

type Evaluate = (script: string, key: string, args: string[]) => Promise<unknown>;

/** Sends scripts whole. A restarted server, or another server of the cluster, would not know them by their hash. */
function evaluator(client: NodeRedisClient | IoredisClient): Evaluate {
  if (typeof client?.eval !== "function") {
    throw new TypeError("redis(client) needs a client of the package `redis` or `ioredis`: this has no method eval");
  }
  if ("defineCommand" in client) {
    return (script, key, args) => client.eval(script, 1, key, ...args);
  }
  return (script, key, args) => client.eval(script, { keys: [key], arguments: args });
}

class RedisStore implements Store {
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
        throw new Error(`Redis answered a claim with ${JSON.stringify(answer)}, which this version does not know`);
    }
  }

  async renew(key: string, token: number): Promise<boolean> {
    return (await this.#run(RENEW, key, String(token), this.#leaseMicroseconds, this.#rememberMilliseconds)) === "1";
  }

  async complete(key: string, token: number): Promise<boolean> {
    return (await this.#run(COMPLETE, key, String(token), this.#rememberMilliseconds)) === "1";
  }

  async release(key: string, token: number): Promise<boolean> {
    return (await this.#run(RELEASE, key, String(token), this.#rememberMilliseconds)) === "1";
  }

  /** Returns the answer as text, whatever types the client is configured to return. */
  async #run(script: string, key: string, ...args: string[]): Promise<string> {
    return String(await this.#evaluate(script, this.#prefix + key, args));
  }
}
