import type { Handler } from "docutray-webhook/handler";

declare const handler: Handler;

Bun.serve({ fetch: handler });
Bun.serve({ routes: { "/hooks": { POST: handler } } });
