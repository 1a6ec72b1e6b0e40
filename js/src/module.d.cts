import type * as esm from "./module.js" with { "resolution-mode": "import" };

export type * from "./module.js" with { "resolution-mode": "import" };
export declare const UnfitPayload: typeof esm.UnfitPayload;
export type UnfitPayload = esm.UnfitPayload;
export declare const extra: typeof esm.extra;
export declare const instantiate: typeof esm.instantiate;
export declare const isCompleted: typeof esm.isCompleted;
export declare const isFailed: typeof esm.isFailed;
export declare const isStarted: typeof esm.isStarted;
