// A receiver's tests with node:test.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createEmulator, forge, forgeries, signDelivery } from "docutray-webhook/testing";
import { receiver } from "./receiver.mjs";

const url = "https://example.com/hooks";
const secret = "a secret for tests alone";

test("an invoice is booked", async () => {
  const booked = [];
  const receive = receiver({ secret, url, book: (data) => booked.push(data) });
  const { request } = signDelivery({ secret, url, event: "CONVERSION_COMPLETED" });
  assert.equal((await receive(request)).status, 200);
  assert.equal(booked.length, 1);
});

for (const { name, title, status } of forgeries()) {
  test(`a forged delivery is refused: ${title}`, async () => {
    const receive = receiver({ secret, url, book: () => assert.fail("booked") });
    const { request } = forge(name, { secret, url, event: "CONVERSION_COMPLETED" });
    assert.equal((await receive(request)).status, status);
  });
}

test("what could not be booked is booked by a retry, and once", async () => {
  const booked = [];
  let isDown = true;
  const emulator = createEmulator({ fetch: (request) => receive(request) });
  const created = emulator.webhooks.create({ url, events: ["CONVERSION_COMPLETED"] });
  const book = (data) => {
    if (isDown) {
      throw new Error("the books are closed");
    }
    booked.push(data);
  };
  const receive = receiver({ secret: created.secret, url, book });

  emulator.trigger({ sample: "spanish-invoice" });
  await emulator.waitFor({ state: "waiting" });
  isDown = false;
  // The first retry is processed, and its answer is lost.
  emulator.answers({ answer: "reset", delivered: true });
  await emulator.clock.advance(30 + 60);

  const { attempts } = await emulator.waitFor({ event: "CONVERSION_COMPLETED" });
  assert.equal(attempts.length, 3);
  assert.equal(booked.length, 1);
  await emulator.close();
});
