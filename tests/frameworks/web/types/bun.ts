import type { WebHandler } from "docutray-webhook/handler";

declare const handler: WebHandler;

Bun.serve({ fetch: handler });
Bun.serve({ routes: { "/hooks": { POST: handler } } });
