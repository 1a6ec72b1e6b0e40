// Receives Docutray's webhooks at /hooks with Hono, on Node or on Cloudflare Workers.
// The secret and the URL come from the environment: DOCUTRAY_WEBHOOK_SECRET and DOCUTRAY_WEBHOOK_URL.
import { Hono } from "hono";
import { webHandler } from "docutray-webhook/handler";

const handler = webHandler({
  // By default, processed events are remembered only in this process. Several processes, and all Workers, need a shared
  // store: `idempotency: redis(client)` or another from docutray-webhook/idempotency.
  on: {
    CONVERSION_COMPLETED: async ({ id, payload }) => console.log(`${id}: ${payload.document_type_code}`),
  },
});

const app = new Hono();
app.all("/hooks", handler);

export default app;
