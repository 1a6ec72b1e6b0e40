// Sends deliveries to a receiver over HTTP.
import assert from "node:assert/strict";
import { completed, delivery } from "../delivery.mjs";

/** Checks that a delivery is processed, its repetition is not, and a tampered one is refused. */
export async function receives(address) {
  const good = signed("conv_1");
  assert.deepEqual(await posted(address, good), [200, { verdict: "processed" }]);
  assert.deepEqual(await posted(address, good), [200, { verdict: "duplicate" }]);
  const tampered = { ...good, body: good.body.replace("1190.5", "9190.5") };
  const [status, { code }] = await posted(address, tampered);
  assert.deepEqual([status, code], [401, "signature_mismatch"]);
  await isDuplicate(address);
}

/** Checks that this delivery is not processed again. */
export async function isDuplicate(address) {
  assert.deepEqual(await posted(address, signed("conv_1")), [200, { verdict: "duplicate" }]);
}

/** Checks that of many copies at once one is processed. The others are told to retry, or that it is done. */
export async function receivesCopies(addresses) {
  const copy = signed("conv_2");
  const posts = Array.from({ length: 50 }, (_, index) => posted(addresses[index % addresses.length], copy));
  const answers = (await Promise.all(posts)).map(([status, { verdict, code }]) => `${status} ${verdict ?? code}`);
  const others = answers.filter((answer) => answer !== "200 processed");
  assert.equal(others.length, 49);
  for (const answer of others) {
    assert.match(answer, /^(200 duplicate|503 busy)$/);
  }
}

function signed(id) {
  return delivery({ payload: completed({ conversion_id: id }), timestamp: Math.floor(Date.now() / 1000) });
}

async function posted(address, { headers, body }) {
  const response = await fetch(address, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body,
  });
  return [response.status, await response.json()];
}
