/**
 * Stores that remember which events were processed, so that each event is processed once.
 *
 * ```ts
 * import { redis } from "docutray-webhook/idempotency";
 *
 * const handler = webHandler({ secret, url, on, idempotency: redis(client) });
 * ```
 *
 * A worker claims an event under a lease. The event is done only when its handler has succeeded. If a worker crashes, nothing
 * is lost: its lease ends, and Docutray's retry is processed.
 *
 * A store in DynamoDB, `dynamodb(client)`, is in the entry `docutray-webhook/idempotency/dynamodb`.
 *
 * @packageDocumentation
 * @module docutray-webhook/idempotency
 */
export { d1 } from "./idempotency/d1.js";
export type { ClaimD1 } from "./idempotency/d1.js";
export { denoKv } from "./idempotency/deno-kv.js";
export type { ClaimKv, DenoKvOptions } from "./idempotency/deno-kv.js";
export { ClaimObject, durableObject } from "./idempotency/durable-object.js";
export type { ClaimNamespace, ClaimState } from "./idempotency/durable-object.js";
export type { StoreOptions } from "./idempotency/durations.js";
export { memory } from "./idempotency/memory.js";
export type { MemoryOptions } from "./idempotency/memory.js";
export { postgres, postgresSchema } from "./idempotency/postgres.js";
export type { PostgresClient, PostgresOptions, PostgresTable } from "./idempotency/postgres.js";
export { redis } from "./idempotency/redis.js";
export type { RedisOptions } from "./idempotency/redis.js";
export type { IoredisClient, NodeRedisClient, RedisClient, UpstashClient } from "./idempotency/redis/clients.js";
export { sqlite, sqliteSchema } from "./idempotency/sqlite.js";
export type { SqliteDatabase, SqliteOptions, SqliteTable } from "./idempotency/sqlite.js";
export type { Claim, Store, StoreWithHealth } from "./idempotency/store.js";
