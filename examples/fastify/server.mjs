// Receives Docutray's webhooks with Fastify and processes each event once. The application's other routes are unaffected.
// The secret and the URL come from the environment: DOCUTRAY_WEBHOOK_SECRET and DOCUTRAY_WEBHOOK_URL.
import { fastifyWebhook } from "docutray-webhook/node";
import fastify from "fastify";

const { PORT = "8080" } = process.env;

const app = fastify();

await app.register(fastifyWebhook, {
  path: "/hooks",
  on: {
    CONVERSION_COMPLETED: async ({ id, payload }) => {
      console.log(`${id}: ${payload.document_type_code}`, payload.data);
    },
    "*": ({ type, id }) => console.log(`${id}: ${type}`),
  },
  // For more than one process: idempotency: redis(client), from docutray-webhook/idempotency.
});

app.get("/", async () => ({ status: "up" }));

console.log(`listening on ${await app.listen({ port: Number(PORT), host: "127.0.0.1" })}`);
