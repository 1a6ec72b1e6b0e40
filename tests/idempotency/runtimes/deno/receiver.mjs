// A receiver in Deno: `deno run receiver.mjs DATABASE` prints its address.
import { webHandler } from "docutray-webhook/handler";
import { denoKv } from "docutray-webhook/idempotency";

const handler = webHandler({
  secret: Deno.env.get("DOCUTRAY_WEBHOOK_SECRET"),
  url: Deno.env.get("DOCUTRAY_WEBHOOK_URL"),
  on: { CONVERSION_COMPLETED: () => {} },
  idempotency: denoKv(await Deno.openKv(Deno.args[0])),
});

Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: ({ port }) => console.log(`listening on ${port}`) }, handler);
