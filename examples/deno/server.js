// Receives Docutray's webhooks with Deno. The body is checked as it arrives and never exceeds the limit.
import { Verifier, WebhookError } from "docutray-webhook";

/** In seconds. Docutray waits 30 for an answer. */
const DEADLINE = 25;

const secret = Deno.env.get("DOCUTRAY_WEBHOOK_SECRET");
const oldSecret = Deno.env.get("DOCUTRAY_WEBHOOK_SECRET_OLD");

const verifier = new Verifier({
  secret: oldSecret ? [secret, oldSecret] : secret,
  url: Deno.env.get("DOCUTRAY_WEBHOOK_URL"),
});

async function receive(request) {
  if (request.method !== "POST") {
    return problem(405, {}, { allow: "POST" });
  }
  try {
    const event = await verified(request);
    if (event === undefined) {
      return problem(408, { code: "incomplete_body", detail: "the body did not arrive completely in time." });
    }
    const { type, id, key } = event;
    // Put the event into a queue here, once for each `key`. Docutray waits at most 30 seconds, and retries.
    return Response.json({ type, id, key });
  } catch (error) {
    if (error instanceof WebhookError) {
      return problem(error.status, { code: error.code, detail: error.finding });
    }
    if (error?.name === "InstanceLost") {
      // It says nothing about the delivery, which Docutray sends again.
      console.error(error);
      return problem(503, { code: "verifier_unavailable", detail: "this receiver could not verify the delivery: send it again later." });
    }
    throw error;
  }
}

/** Checks the headers first, then the body as it arrives. Gives up a body that is incomplete at the deadline. */
async function verified(request) {
  const check = verifier.begin(request.headers);
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, 1000 * DEADLINE, undefined);
  });
  try {
    return await Promise.race([whole(request.body, check), late]);
  } finally {
    clearTimeout(timer);
    check.free();
  }
}

async function whole(body, check) {
  for await (const chunk of body ?? []) {
    check.update(chunk);
  }
  return check.finish();
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
