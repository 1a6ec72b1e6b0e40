import { valueKind } from "../../value-kind.js";

/** The parts of a `redis` (node-redis) client that the store uses: for one server, a cluster, a pool or a sentinel. */
export interface NodeRedisClient {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  /** No other client has this method. Version 3 of `redis`, which takes callbacks, has `evalsha`. */
  evalSha(...args: never[]): unknown;
}

/** The parts of an `ioredis` client that the store uses: for one server or a cluster. */
export interface IoredisClient {
  eval(script: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
  /** No other client has this method. */
  defineCommand(name: string, definition: { lua: string }): unknown;
}

/** The parts of an `@upstash/redis` client that the store uses. The clients of `@vercel/kv` have them, too. */
export interface UpstashClient {
  eval(script: string, keys: string[], args: string[]): Promise<unknown>;
  /** No other client has this method. */
  createScript(script: string): unknown;
}

/** Every client that the store accepts. */
export type RedisClient = NodeRedisClient | IoredisClient | UpstashClient;

/** Runs a script with one key. */
export type Evaluate = (script: string, key: string, args: string[]) => Promise<unknown>;

/**
 * Sends scripts whole. A restarted server, or another server of the cluster, would not know them by their hash.
 *
 * @throws `TypeError` for another client, whose `eval` may take its arguments differently.
 */
export function evaluator(client: RedisClient): Evaluate {
  // Not with `in`: some clients are proxies, which only have a `get`.
  if (hasMethods<IoredisClient>(client, "eval", "defineCommand")) {
    return (script, key, args) => client.eval(script, 1, key, ...args);
  }
  if (hasMethods<UpstashClient>(client, "eval", "createScript")) {
    return (script, key, args) => client.eval(script, [key], args);
  }
  if (hasMethods<NodeRedisClient>(client, "eval", "evalSha")) {
    return (script, key, args) => client.eval(script, { keys: [key], arguments: args });
  }
  throw new TypeError(
    `redis(client) got ${valueKind(client)}, whose \`eval\` it does not know: pass a client of \`redis\` 4 or newer, ` +
      "`ioredis` 5 or newer, or `@upstash/redis`",
  );
}

function hasMethods<Client>(client: unknown, ...names: (keyof Client)[]): client is Client {
  return names.every((name) => typeof (client as Partial<Client> | null | undefined)?.[name] === "function");
}
