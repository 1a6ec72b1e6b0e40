import type * as esm from "./node.js" with { "resolution-mode": "import" };

export type * from "./node.js" with { "resolution-mode": "import" };
export declare const nodeHandler: typeof esm.nodeHandler;
export declare const fastifyWebhook: typeof esm.fastifyWebhook;
