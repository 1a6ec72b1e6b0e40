// Receives Docutray's webhooks with Express and processes each event once. The application's other routes are unaffected.
// The secret and the URL come from the environment: DOCUTRAY_WEBHOOK_SECRET and DOCUTRAY_WEBHOOK_URL.
import { nodeHandler } from "docutray-webhook/node";
import express from "express";

const { PORT = "8080" } = process.env;

const app = express();

// Add it above app.use(express.json()), since the signature covers the body's exact bytes.
app.all(
  "/hooks",
  nodeHandler({
    on: {
      CONVERSION_COMPLETED: async ({ id, payload }) => {
        console.log(`${id}: ${payload.document_type_code}`, payload.data);
      },
      "*": ({ type, id }) => console.log(`${id}: ${type}`),
    },
    // For more than one process: idempotency: redis(client), from docutray-webhook/idempotency.
  }),
);

app.use(express.json());
app.get("/", (request, response) => response.json({ status: "up" }));

const server = app.listen(Number(PORT), "127.0.0.1", (error) => {
  if (error) {
    throw error;
  }
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
