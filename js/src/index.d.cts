import type * as esm from "./api.js" with { "resolution-mode": "import" };

export type * from "./api.js" with { "resolution-mode": "import" };
export declare const UnfitPayload: typeof esm.UnfitPayload;
export type UnfitPayload = esm.UnfitPayload;
export declare const Verifier: typeof esm.Verifier;
export type Verifier = esm.Verifier;
export declare const WebhookError: typeof esm.WebhookError;
export type WebhookError = esm.WebhookError;
export declare const extra: typeof esm.extra;
export declare const isCompleted: typeof esm.isCompleted;
export declare const isFailed: typeof esm.isFailed;
export declare const isStarted: typeof esm.isStarted;
