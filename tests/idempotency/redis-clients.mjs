// The clients that a Redis store takes, as its documentation has them set up.

const NODE_REDIS = { "node-redis 4": "redis-4", "node-redis 5": "redis-5", "node-redis 6": "redis-6" };
const IOREDIS = { "ioredis 5": "ioredis-5", "ioredis 6": "ioredis-6" };

/** `open(port)` gives a connected `client` and how to `close()` it, in `{ name, cluster, open }` each. */
export const clients = [
  ...Object.entries(NODE_REDIS).flatMap(([name, module]) => [
    { name, cluster: false, open: (port) => nodeRedis(module, port) },
    { name: `${name}, a cluster`, cluster: true, open: (port) => nodeRedisCluster(module, port) },
  ]),
  ...Object.entries(IOREDIS).flatMap(([name, module]) => [
    { name, cluster: false, open: (port) => ioredis(module, port) },
    { name: `${name}, a cluster`, cluster: true, open: (port) => ioredisCluster(module, port) },
  ]),
];

async function nodeRedis(module, port) {
  const { createClient } = await import(module);
  const client = createClient({ url: `redis://127.0.0.1:${port}`, disableOfflineQueue: true });
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

/** Since version 5 `destroy`; before it, `disconnect`. */
async function closed(client) {
  await (client.destroy ? client.destroy() : client.disconnect());
}

async function ioredis(module, port) {
  const { Redis } = await import(module);
  const client = new Redis(port, "127.0.0.1", { enableOfflineQueue: false, maxRetriesPerRequest: 0 });
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

async function ready(client) {
  client.on("error", expected);
  await new Promise((resolve) => client.once("ready", resolve));
  return { client, close: async () => client.disconnect() };
}

/** A server that is stopped is no surprise here. */
function expected() {}
