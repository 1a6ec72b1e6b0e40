import type { NoDelivery } from "./receiving-socket.js";
import type { Reply } from "./reply.js";
import { failureAnswer } from "./verification.js";

/** Returns what a request gets that is no delivery. */
export function refusal(code: NoDelivery): Reply {
  switch (code) {
    case "foreign_origin":
      return problem(403, "Forbidden", code, "a delivery does not come from a page in a browser.");
    case "malformed_request":
      return problem(400, "Bad Request", code, "the request has one Host, and its target begins with / and has only visible ASCII characters.");
    default:
      return failureAnswer(code);
  }
}

/** As the core writes its own (RFC 9457). */
function problem(status: number, title: string, code: string, detail: string): Reply {
  const text = JSON.stringify({ title, status, code, detail });
  return { status, headers: [["content-type", "application/problem+json"]], body: { text } };
}
