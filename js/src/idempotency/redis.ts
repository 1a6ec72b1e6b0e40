import { invalidConfig } from "../options.js";
import { storeOptions, type Durations, type StoreOptions } from "./durations.js";
import { CLAIM, COMPLETE, RELEASE, RENEW } from "./redis/scripts.js";
import type { Claim, Store } from "./store.js";

/** How a Redis store keeps claims, and where. */
export interface RedisOptions extends StoreOptions {
  /**
   * What every Redis key of this store begins with. Default `docutray-webhook:`. **Two services that receive the same
   * events and share one Redis need different ones**: with the same, each would take the other's events for its own.
   */
  readonly prefix?: string | undefined;
}

/** What is used of a client of `redis` (node-redis): one server, a cluster, a pool or a sentinel. */
export interface NodeRedisClient {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** What is used of a client of `ioredis`: one server or a cluster. */
export interface IoredisClient {
  eval(script: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
  /** Tells the two apart. */
  defineCommand(name: string, definition: { lua: string }): unknown;
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

/** Scripts go whole: by their hash, a server that was started again, or another of the cluster, would not know them. */
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

  /** As text, whatever a client was told to make of answers. */
  async #run(script: string, key: string, ...args: string[]): Promise<string> {
    return String(await this.#evaluate(script, this.#prefix + key, args));
  }
}
