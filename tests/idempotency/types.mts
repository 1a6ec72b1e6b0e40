// What a user's strict compiler must accept and refuse, for every client. Compiled, never run.
import { postgres, postgresSchema, redis } from "docutray-webhook/idempotency";
import type { Store } from "docutray-webhook/idempotency";
import { Cluster as Cluster5, Redis as Redis5 } from "ioredis-5";
import { Cluster as Cluster6, Redis as Redis6 } from "ioredis-6";
import pg from "pg";
import * as redis4 from "redis-4";
import * as redis5 from "redis-5";
import * as redis6 from "redis-6";

const rootNodes = [{ url: "redis://127.0.0.1" }];
const nodes = [{ host: "127.0.0.1", port: 6379 }];

export const stores: Store[] = [
  redis(redis4.createClient()),
  redis(redis4.createCluster({ rootNodes })),
  redis(redis5.createClient()),
  redis(redis5.createClient({ RESP: 3 })),
  redis(redis5.createClient().withTypeMapping({ [redis5.RESP_TYPES.BLOB_STRING]: Buffer })),
  redis(redis5.createCluster({ rootNodes })),
  redis(redis5.createClientPool()),
  redis(redis6.createClient()),
  redis(redis6.createCluster({ rootNodes })),
  redis(redis6.createClientPool()),
  redis(new Redis5()),
  redis(new Cluster5(nodes)),
  redis(new Redis6()),
  redis(new Cluster6(nodes), { lease: 30, remember: 86_400, prefix: "service:" }),
  postgres(new pg.Pool()),
  postgres(new pg.Client(), { lease: 30, remember: 86_400, table: "schema.claims" }),
];

export const ddl: string[] = [postgresSchema(), postgresSchema({ table: "claims" })];

// @ts-expect-error: an address is not a client
redis("redis://127.0.0.1");
// @ts-expect-error: a pool of PostgreSQL is not a Redis client
redis(new pg.Pool());
// @ts-expect-error: a Redis client is not a pool of PostgreSQL
postgres(new Redis6());
// @ts-expect-error: the prefix is text
redis(new Redis6(), { prefix: 1 });
// @ts-expect-error: the schema needs the table's name, not a pool
postgresSchema(new pg.Pool());
