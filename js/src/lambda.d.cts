import type * as esm from "./lambda.js" with { "resolution-mode": "import" };

export type * from "./lambda.js" with { "resolution-mode": "import" };
export declare const authorizer: typeof esm.authorizer;
export declare const lambdaHandler: typeof esm.lambdaHandler;
