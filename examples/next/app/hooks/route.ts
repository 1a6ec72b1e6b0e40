// Receives Docutray's webhooks at /hooks with Next.js.
import { webHandler, type WebHandler } from "docutray-webhook/handler";

let handler: WebHandler | undefined;

/** Makes the handler at the first delivery, because `next build` also loads this file, without the secret. */
export function POST(request: Request): Promise<Response> {
  handler ??= webHandler({
    secret: process.env.DOCUTRAY_WEBHOOK_SECRET!,
    url: process.env.DOCUTRAY_WEBHOOK_URL!,
    // By default, processed events are remembered only in this process. Several processes need a shared store:
    // `idempotency: redis(client)` or another from docutray-webhook/idempotency.
    on: {
      CONVERSION_COMPLETED: async ({ id, payload }) => console.log(`${id}: ${payload.document_type_code}`),
    },
  });
  return handler(request);
}
