import type * as esm from "./idempotency.js" with { "resolution-mode": "import" };

export type * from "./idempotency.js" with { "resolution-mode": "import" };
export declare const memory: typeof esm.memory;
