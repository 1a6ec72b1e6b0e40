import type * as esm from "./api.js" with { "resolution-mode": "import" };

export type * from "./api.js" with { "resolution-mode": "import" };
export declare const Verifier: typeof esm.Verifier;
export type Verifier = esm.Verifier;
export declare const WebhookError: typeof esm.WebhookError;
export type WebhookError = esm.WebhookError;
