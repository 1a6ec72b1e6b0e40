// Receives Docutray's webhooks at /hooks with Hono, on Node or on Cloudflare Workers.
import { Hono } from "hono";
import { webHandler } from "docutray-webhook/handler";

const { DOCUTRAY_SECRET, DOCUTRAY_SECRET_OLD, DOCUTRAY_URL } = process.env;

const handler = webHandler({
  secret: DOCUTRAY_SECRET_OLD ? [DOCUTRAY_SECRET, DOCUTRAY_SECRET_OLD] : DOCUTRAY_SECRET,
  url: DOCUTRAY_URL,
  // By default, processed events are remembered only in this process. Several processes, and all Workers, need a shared
  // store: `idempotency: redis(client)` or another from docutray-webhook/idempotency.
  on: {
    CONVERSION_COMPLETED: async ({ id, payload }) => console.log(`${id}: ${payload.document_type_code}`),
  },
});

const app = new Hono();
app.all("/hooks", handler);

export default app;
