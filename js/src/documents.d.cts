import type * as esm from "./documents.js" with { "resolution-mode": "import" };

export type * from "./documents.js" with { "resolution-mode": "import" };
export declare const documents: typeof esm.documents;
export declare const steps: typeof esm.steps;
