// What a user's strict compiler must accept and refuse, for every client. Compiled, never run.
import { DatabaseSync } from "node:sqlite";
import { DynamoDB, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocument, DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { D1Database, D1DatabaseSession } from "@cloudflare/workers-types";
import { Redis as Upstash } from "@upstash/redis";
import { Redis as UpstashOnWorkers } from "@upstash/redis/cloudflare";
import Database from "better-sqlite3";
import { d1, memory, postgres, postgresSchema, redis, sqlite, sqliteSchema } from "docutray-webhook/idempotency";
import type { Store, StoreWithHealth } from "docutray-webhook/idempotency";
import { dynamodb } from "docutray-webhook/idempotency/dynamodb";
import { Cluster as Cluster5, Redis as Redis5 } from "ioredis-5";
import { Cluster as Cluster6, Redis as Redis6 } from "ioredis-6";
import pg from "pg";
import * as redis4 from "redis-4";
import * as redis5 from "redis-5";
import * as redis6 from "redis-6";

declare const database: D1Database;
declare const session: D1DatabaseSession;
const rootNodes = [{ url: "redis://127.0.0.1" }];
const nodes = [{ host: "127.0.0.1", port: 6379 }];

export const stores: StoreWithHealth[] = [
  memory(),
  redis(new Upstash({ url: "https://example.invalid", token: "none" })),
  redis(Upstash.fromEnv({ retry: false, signal: () => AbortSignal.timeout(3000) }), { prefix: "service:" }),
  redis(UpstashOnWorkers.fromEnv()),
  dynamodb(new DynamoDBClient({})),
  dynamodb(new DynamoDB({}), { lease: 30, remember: 86_400, table: "claims" }),
  dynamodb(DynamoDBDocumentClient.from(new DynamoDBClient({}))),
  dynamodb(DynamoDBDocument.from(new DynamoDB({}))),
  d1(database),
  d1(database, { lease: 30, remember: 86_400, table: "claims" }),
  sqlite(new DatabaseSync(":memory:")),
  sqlite(new Database(":memory:"), { lease: 30, remember: 86_400, table: "claims" }),
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

/** A store of the user's own needs no health. */
export const own: Store = {
  lease: 60,
  claim: async () => ({ state: "done" }),
  renew: async () => true,
  complete: async () => true,
  release: async () => true,
};
export const ready: Promise<void>[] = stores.map((store) => store.health());

export const ddl: string[] = [sqliteSchema(), sqliteSchema({ table: "claims" }), postgresSchema(), postgresSchema({ table: "claims" })];

// @ts-expect-error: a region is not a client
dynamodb("us-east-1");
// @ts-expect-error: the table's name is text
dynamodb(new DynamoDBClient({}), { table: 1 });
// @ts-expect-error: a binding of D1 answers later
sqlite(database);
// @ts-expect-error: a database in this process is not a binding
d1(new DatabaseSync(":memory:"));
// @ts-expect-error: a session may read from a replica
d1(session);
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
