// The application in every bundle: a receiver with its verifier, as a user writes it.
import { Verifier, WebhookError } from "docutray-webhook";
import { webHandler } from "docutray-webhook/handler";
import { SECRET, URL } from "./settings.mjs";

const verifier = new Verifier({ secret: SECRET, url: URL });

/** Returns the id of a delivery's event, or the code of the refusal. */
export function verdict({ headers, body }) {
  try {
    return verifier.verify(headers, body).id;
  } catch (error) {
    return refusal(error).code;
  }
}

/** Answers a Web `Request` with the package's handler. */
export async function respond(request) {
  let id;
  const note = (event) => {
    id = event.id;
  };
  // A new handler for each request, so that no delivery counts as a repetition.
  const handler = webHandler({ secret: SECRET, url: URL, on: { "*": note } });
  const response = await handler(request);
  return new Response(id ?? (await response.json()).code, { status: response.status });
}

function refusal(error) {
  if (!(error instanceof WebhookError)) {
    throw error;
  }
  return error;
}
