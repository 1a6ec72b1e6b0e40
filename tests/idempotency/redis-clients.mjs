// The clients that a Redis store accepts, set up as in the documentation.
import { startUpstashBridge, TOKEN } from "./upstash-bridge.mjs";

/** The current clients, for tests that do not depend on the client. */
export const NEWEST_NODE_REDIS = "node-redis 6";
export const NEWEST_IOREDIS = "ioredis 6";

/** By HTTP, over a bridge that is ours. */
export const UPSTASH = "@upstash/redis";
const PLAIN_UPSTASH = { enableAutoPipelining: false, automaticDeserialization: false, responseEncoding: false };

const NODE_REDIS = { "node-redis 4": "redis-4", "node-redis 5": "redis-5", "node-redis 6": "redis-6" };
const IOREDIS = { "ioredis 5": "ioredis-5", "ioredis 6": "ioredis-6" };

/** Clients of the form `{ name, cluster, open }`. `open(port)` returns a connected `client` and how to `close()` it. */
export const clients = [
  ...Object.entries(NODE_REDIS).flatMap(([name, module]) => [
    { name, cluster: false, open: (port, options) => nodeRedis(module, port, options) },
    { name: `${name}, a cluster`, cluster: true, open: (port) => nodeRedisCluster(module, port) },
  ]),
  ...Object.entries(IOREDIS).flatMap(([name, module]) => [
    { name, cluster: false, open: (port, options) => ioredis(module, port, options) },
    { name: `${name}, a cluster`, cluster: true, open: (port) => ioredisCluster(module, port) },
  ]),
  { name: UPSTASH, cluster: false, open: (port, options) => upstash(port, options) },
  { name: `${UPSTASH}, its conveniences off`, cluster: false, open: (port) => upstash(port, PLAIN_UPSTASH) },
];

/** Opens one of these clients by its name. */
export function openRedis(name, port, options) {
  return clients.find((client) => client.name === name).open(port, options);
}

async function nodeRedis(module, port, options = { disableOfflineQueue: true }) {
  const { createClient } = await import(module);
  const client = createClient({ url: `redis://127.0.0.1:${port}`, ...options });
  client.on("error", expected);
  await client.connect();
  return { client, close: () => closed(client) };
}

async function nodeRedisCluster(module, port) {
  const { createCluster } = await import(module);
  const client = createCluster({
    rootNodes: [{ url: `redis://127.0.0.1:${port}` }],
    defaults: { disableOfflineQueue: true },
  });
  client.on("error", expected);
  await client.connect();
  return { client, close: () => closed(client) };
}

/** Uses `destroy`, or before version 5 `disconnect`. */
async function closed(client) {
  await (client.destroy ? client.destroy() : client.disconnect());
}

async function ioredis(module, port, options = { enableOfflineQueue: false, maxRetriesPerRequest: 0 }) {
  const { Redis } = await import(module);
  const client = new Redis(port, "127.0.0.1", options);
  return ready(client);
}

async function ioredisCluster(module, port) {
  const { Cluster } = await import(module);
  const client = new Cluster([{ host: "127.0.0.1", port }], {
    enableOfflineQueue: false,
    redisOptions: { maxRetriesPerRequest: 0 },
  });
  return ready(client);
}

async function upstash(port, options) {
  const { Redis } = await import("@upstash/redis");
  const bridge = await startUpstashBridge(port);
  const signal = () => AbortSignal.timeout(3000);
  const client = new Redis({ url: bridge.url, token: TOKEN, retry: false, signal, ...options });
  return { client, close: async () => bridge.end() };
}

async function ready(client) {
  client.on("error", expected);
  await new Promise((resolve) => client.once("ready", resolve));
  return { client, close: async () => client.disconnect() };
}

/** Ignores the expected errors about a stopped server. */
function expected() {}
