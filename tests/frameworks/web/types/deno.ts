import type { WebHandler } from "docutray-webhook/handler";

declare const handler: WebHandler;

Deno.serve(handler);
export default { fetch: handler } satisfies Deno.ServeDefaultExport;
