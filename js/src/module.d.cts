import type * as esm from "./module.js" with { "resolution-mode": "import" };

export type * from "./module.js" with { "resolution-mode": "import" };
export declare const instantiate: typeof esm.instantiate;
