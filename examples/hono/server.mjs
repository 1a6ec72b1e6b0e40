// Starts the app on Node.
import { serve } from "@hono/node-server";
import app from "./app.mjs";

serve({ fetch: app.fetch, hostname: "127.0.0.1", port: Number(process.env.PORT ?? 8080) }, ({ port }) => {
  console.log(`listening on http://127.0.0.1:${port}`);
});
