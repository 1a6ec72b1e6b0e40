// What every bundle holds: a receiver with its verifier, as a user writes it.
import { Verifier, WebhookError } from "docutray-webhook";
import { SECRET, URL } from "./settings.mjs";

const verifier = new Verifier({ secret: SECRET, url: URL });

/** The id of a delivery's event, or the code of the refusal. */
export function verdict({ headers, body }) {
  try {
    return verifier.verify(headers, body).id;
  } catch (error) {
    return refusal(error).code;
  }
}

/** Answers a Web `Request` with the same. */
export async function respond(request) {
  try {
    const event = await verifier.verifyRequest(request);
    return new Response(event.id);
  } catch (error) {
    const { code, status } = refusal(error);
    return new Response(code, { status });
  }
}

function refusal(error) {
  if (!(error instanceof WebhookError)) {
    throw error;
  }
  return error;
}
