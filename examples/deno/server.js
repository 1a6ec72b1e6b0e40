// Receives Docutray's webhooks with Deno: the body is checked as it arrives, and never held beyond the limit.
import { Verifier, WebhookError } from "docutray-webhook";

const secret = Deno.env.get("DOCUTRAY_SECRET");
const oldSecret = Deno.env.get("DOCUTRAY_SECRET_OLD");

const verifier = new Verifier({
  secret: oldSecret ? [secret, oldSecret] : secret,
  url: Deno.env.get("DOCUTRAY_URL"),
});

async function receive(request) {
  if (request.method !== "POST") {
    return problem(405, {}, { allow: "POST" });
  }
  try {
    const { type, id, key } = await verifier.verifyRequest(request);
    // Put the event into a queue here, once for each `key`: Docutray waits 30 seconds at most, and sends again.
    return Response.json({ type, id, key });
  } catch (error) {
    if (error instanceof WebhookError) {
      return problem(error.status, { code: error.code, detail: error.message });
    }
    throw error;
  }
}

function problem(status, members, headers) {
  return Response.json(
    { status, ...members },
    { status, headers: { "content-type": "application/problem+json", ...headers } },
  );
}

Deno.serve({
  hostname: "127.0.0.1",
  port: Number(Deno.env.get("PORT") ?? 8080),
  onListen: ({ port }) => console.log(`listening on http://127.0.0.1:${port}`),
  handler: receive,
});
