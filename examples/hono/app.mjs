// Receives Docutray's webhooks at /hooks with Hono, on Node as on Cloudflare Workers.
import { Hono } from "hono";
import { webHandler } from "docutray-webhook/handler";

const { DOCUTRAY_SECRET, DOCUTRAY_SECRET_OLD, DOCUTRAY_URL } = process.env;

const handler = webHandler({
  secret: DOCUTRAY_SECRET_OLD ? [DOCUTRAY_SECRET, DOCUTRAY_SECRET_OLD] : DOCUTRAY_SECRET,
  url: DOCUTRAY_URL,
  // What was processed is remembered in this process alone. Several, and Workers always are, need a store that they
  // share: `idempotency: redis(client)` or another of docutray-webhook/idempotency.
  on: {
    CONVERSION_COMPLETED: async ({ id, payload }) => console.log(`${id}: ${payload.document_type_code}`),
  },
});

const app = new Hono();
app.all("/hooks", handler);

export default app;
