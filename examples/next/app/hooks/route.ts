// Receives Docutray's webhooks at /hooks with Next.js.
import { webHandler } from "docutray-webhook/handler";

export const POST = webHandler({
  // Functions, because `next build` also loads this file, without the settings.
  secret: () => process.env.DOCUTRAY_WEBHOOK_SECRET,
  url: () => process.env.DOCUTRAY_WEBHOOK_URL,
  // By default, processed events are remembered only in this process. Several processes need a shared store:
  // `idempotency: redis(client)` or another from docutray-webhook/idempotency.
  on: {
    CONVERSION_COMPLETED: async ({ id, payload }) => console.log(`${id}: ${payload.document_type_code}`),
  },
});
