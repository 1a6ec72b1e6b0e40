// Receives Docutray's webhooks in a Cloudflare Worker: the body is checked as it arrives, and never held beyond the limit.
import { env } from "cloudflare:workers";
import { Verifier, WebhookError } from "docutray-webhook";

const { DOCUTRAY_SECRET, DOCUTRAY_SECRET_OLD, DOCUTRAY_URL } = env;

const verifier = new Verifier({
  secret: DOCUTRAY_SECRET_OLD ? [DOCUTRAY_SECRET, DOCUTRAY_SECRET_OLD] : DOCUTRAY_SECRET,
  url: DOCUTRAY_URL,
});

export default {
  async fetch(request) {
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
  },
};

function problem(status, members, headers) {
  return Response.json(
    { status, ...members },
    { status, headers: { "content-type": "application/problem+json", ...headers } },
  );
}
