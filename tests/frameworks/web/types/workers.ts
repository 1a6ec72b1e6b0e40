import type { WebHandler } from "docutray-webhook/handler";

declare const handler: WebHandler;

export default { fetch: handler } satisfies ExportedHandler;
export const onRequest: PagesFunction = handler;
