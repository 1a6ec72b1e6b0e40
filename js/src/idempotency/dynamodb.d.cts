import type * as esm from "./dynamodb.js" with { "resolution-mode": "import" };

export type * from "./dynamodb.js" with { "resolution-mode": "import" };
export declare const dynamodb: typeof esm.dynamodb;
