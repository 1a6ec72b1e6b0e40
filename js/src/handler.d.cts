import type * as esm from "./handler.js" with { "resolution-mode": "import" };

export type * from "./handler.js" with { "resolution-mode": "import" };
export declare const webHandler: typeof esm.webHandler;
