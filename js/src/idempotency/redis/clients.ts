import { valueKind } from "../../value-kind.js";

/** What is used of a client of `redis` (node-redis): one server, a cluster, a pool or a sentinel. */
export interface NodeRedisClient {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  /** No other client has it: version 3 of `redis`, which takes callbacks, has an `evalsha`. */
  evalSha(...args: never[]): unknown;
}

/** What is used of a client of `ioredis`: one server or a cluster. */
export interface IoredisClient {
  eval(script: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
  /** No other client has it. */
  defineCommand(name: string, definition: { lua: string }): unknown;
}

/** What is used of a client of `@upstash/redis`, which is also what `@vercel/kv` gives. */
export interface UpstashClient {
  eval(script: string, keys: string[], args: string[]): Promise<unknown>;
  /** No other client has it. */
  createScript(script: string): unknown;
}

export type RedisClient = NodeRedisClient | IoredisClient | UpstashClient;

/** Runs a script on one key. */
export type Evaluate = (script: string, key: string, args: string[]) => Promise<unknown>;

/**
 * Scripts go whole: by their hash, a server that was started again, or another of the cluster, would not know them.
 *
 * @throws `TypeError` for a client of another shape, whose `eval` would take its arguments in another way.
 */
export function evaluator(client: RedisClient): Evaluate {
  // A property is read and not looked up with `in`: some clients are proxies that only answer to `get`.
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
