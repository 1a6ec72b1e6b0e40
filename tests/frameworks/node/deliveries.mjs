// Sends deliveries.
import { fresh } from "./delivery.mjs";

/** Returns a delivery signed now, whose amount was changed afterwards. */
export function tampered(options) {
  const { headers, body } = fresh(options);
  return { headers, body: body.replace("1190.5", "9190.5") };
}

/** Sends a request, by default a POST. Returns status, headers and JSON of the answer. */
export async function send(url, { method = "POST", headers = {}, body } = {}) {
  const response = await fetch(url, { method, headers, body });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text === "" ? undefined : JSON.parse(text) };
}

/** The same of a body that comes byte by byte, at first. */
export async function sendSlowly(url, { headers, body }) {
  async function* bytes() {
    for (const byte of Buffer.from(body).subarray(0, 20)) {
      yield Uint8Array.of(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    yield Buffer.from(body).subarray(20);
  }
  const response = await fetch(url, { method: "POST", headers, body: ReadableStream.from(bytes()), duplex: "half" });
  return { status: response.status, json: await response.json() };
}
