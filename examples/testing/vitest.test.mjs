// A receiver's tests with vitest.
import { createEmulator, signDelivery } from "docutray-webhook/testing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { receiver } from "./receiver.mjs";

const url = "https://example.com/hooks";
let emulator, receive, book;

beforeEach(() => {
  book = vi.fn();
  emulator = createEmulator({ fetch: (request) => receive(request) });
  const { secret } = emulator.webhooks.create({ url });
  receive = receiver({ secret, url, book });
});

afterEach(() => emulator.close());

test("an invoice with accents is booked", async () => {
  emulator.trigger({ sample: "spanish-invoice" });
  await emulator.waitFor({ event: "CONVERSION_COMPLETED" });
  expect(book).toHaveBeenCalledOnce();
});

test("a conversion is booked when it has ended", async () => {
  emulator.trigger({ chain: { family: "CONVERSION", ends: "COMPLETED" } });
  await emulator.clock.advance(60);
  expect(emulator.deliveries({ state: "delivered" }).map(({ event }) => event)).toEqual(["CONVERSION_COMPLETED", "CONVERSION_STARTED"]);
  expect(book).toHaveBeenCalledOnce();
});

test("a delivery under another secret is refused", async () => {
  const { request } = signDelivery({ secret: "a secret of somebody else", url, event: "CONVERSION_COMPLETED" });
  expect((await receive(request)).status).toBe(401);
  expect(book).not.toHaveBeenCalled();
});
