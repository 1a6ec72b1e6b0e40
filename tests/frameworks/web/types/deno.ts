import type { Handler } from "docutray-webhook/handler";

declare const handler: Handler;

Deno.serve(handler);
export default { fetch: handler } satisfies Deno.ServeDefaultExport;
