// Signs deliveries with node:crypto, by Docutray's documentation. Uses nothing of the package.
import { createHmac } from "node:crypto";

export const SECRET = "whsec_4c1f0e7d9b3a";
export const URL = "https://example.com/hooks/docutray";
/** Unix time in seconds. */
export const NOW = 1_705_314_600;
export const REQUEST_ID = "550e8400-e29b-41d4-a716-446655440000";

/** Returns a payload of CONVERSION_COMPLETED, with `fields` added or replaced. */
export function completed(fields = {}) {
  return {
    conversion_id: "conv_1",
    status: "SUCCESS",
    request_timestamp: "2024-01-15T10:29:30.000Z",
    response_timestamp: "2024-01-15T10:30:00.000Z",
    document_type_code: "invoice",
    data: { total: 1190.5, currency: "EUR" },
    ...fields,
  };
}

/** Returns headers and body as Docutray sends them. Serialises a payload unless it is a string or bytes. */
export function delivery({
  payload = completed(),
  event = "CONVERSION_COMPLETED",
  timestamp = NOW,
  secret = SECRET,
  url = URL,
} = {}) {
  const body = typeof payload === "string" || payload instanceof Uint8Array ? payload : JSON.stringify(payload);
  return {
    body,
    headers: {
      "x-docutray-signature": mac(secret, body),
      "x-docutray-auth-signature": mac(secret, `${REQUEST_ID}|${timestamp}|${url}|${event}`),
      "x-docutray-timestamp": String(timestamp),
      "x-docutray-request-id": REQUEST_ID,
      "x-docutray-event": event,
    },
  };
}

/** Returns a delivery signed now, with its media type. `id` is the conversion's. */
export function fresh({ id = "conv_1", ...options } = {}) {
  const { headers, body } = delivery({
    timestamp: Math.floor(Date.now() / 1000),
    payload: completed({ conversion_id: id }),
    ...options,
  });
  return { body, headers: { "content-type": "application/json", ...headers } };
}

function mac(secret, text) {
  return `sha256=${createHmac("sha256", secret).update(text).digest("hex")}`;
}
