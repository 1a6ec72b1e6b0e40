import type { ServerResponse } from "node:http";
import { ApiFault, type RouteAnswer } from "./route.js";

/** Nothing but this server's own script and style runs, and no script can be made from text. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const HEADERS = {
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
};

/** Sets the headers that every answer has. */
export function protect(response: ServerResponse): void {
  for (const [name, value] of Object.entries(HEADERS)) {
    response.setHeader(name, value);
  }
}

export function sendText(response: ServerResponse, type: string, text: string): void {
  response.setHeader("content-type", `${type}; charset=utf-8`);
  response.end(text);
}

export function sendJson(response: ServerResponse, { status, body }: RouteAnswer): void {
  response.statusCode = status;
  if (body === undefined) {
    response.end();
    return;
  }
  response.setHeader("content-type", "application/json");
  response.end(`${JSON.stringify(body)}\n`);
}

/** Refuses a request. The connection ends if not all of the request was read. */
export function sendFault(response: ServerResponse, fault: ApiFault): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (!response.req.complete) {
    response.setHeader("connection", "close");
  }
  const { status, code, message, field } = fault;
  sendJson(response, { status, body: { error: { code, message, ...(field !== undefined && { field }) } } });
}
