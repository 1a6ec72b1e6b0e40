// Receives Docutray's webhooks at /hooks with Next.js.
import { webHandler, type WebHandler } from "docutray-webhook/handler";

let handler: WebHandler | undefined;

/** The handler is made for the first delivery: `next build` loads this file too, where there is no secret. */
export function POST(request: Request): Promise<Response> {
  handler ??= webHandler({
    secret: process.env.DOCUTRAY_SECRET!,
    url: process.env.DOCUTRAY_URL!,
    // What was processed is remembered in this process alone. Several need a store that they share:
    // `idempotency: redis(client)` or another of docutray-webhook/idempotency.
    on: {
      CONVERSION_COMPLETED: async ({ id, payload }) => console.log(`${id}: ${payload.document_type_code}`),
    },
  });
  return handler(request);
}
