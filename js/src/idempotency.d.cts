import type * as esm from "./idempotency.js" with { "resolution-mode": "import" };

export type * from "./idempotency.js" with { "resolution-mode": "import" };
export declare const ClaimObject: typeof esm.ClaimObject;
export type ClaimObject = esm.ClaimObject;
export declare const d1: typeof esm.d1;
export declare const denoKv: typeof esm.denoKv;
export declare const durableObject: typeof esm.durableObject;
export declare const memory: typeof esm.memory;
export declare const postgres: typeof esm.postgres;
export declare const postgresSchema: typeof esm.postgresSchema;
export declare const redis: typeof esm.redis;
export declare const sqlite: typeof esm.sqlite;
export declare const sqliteSchema: typeof esm.sqliteSchema;
