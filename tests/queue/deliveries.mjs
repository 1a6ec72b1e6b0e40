// Sends deliveries to a receiver over HTTP.
import assert from "node:assert/strict";
import { completed, delivery } from "./delivery.mjs";
import { until } from "./patience.mjs";

/** Returns a delivery signed now. `id` is the conversion's, unless there is a `payload`. */
export function signed({ id = "conv_1", ...options } = {}) {
  return delivery({ payload: completed({ conversion_id: id }), timestamp: Math.floor(Date.now() / 1000), ...options });
}

/** Sends it. Returns the answer's status, and its verdict or code. */
export async function sent(address, { headers, body }) {
  const response = await fetch(address, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body,
  });
  const { verdict, code } = await response.json();
  return `${response.status} ${verdict ?? code}`;
}

/** Repeats it as Docutray does until it is acknowledged. */
export async function acknowledged(address, delivery) {
  let answer;
  await until(async () => {
    answer = await sent(address, delivery);
    assert.match(answer, /^(200|50.) /);
    return answer.startsWith("200");
  }, "an acknowledgement");
  return answer;
}
