import type { Handler } from "docutray-webhook/handler";

declare const handler: Handler;

export default { fetch: handler } satisfies ExportedHandler;
export const onRequest: PagesFunction = handler;
