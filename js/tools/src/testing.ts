/**
 * For tests of a receiver: deliveries signed as Docutray signs them, samples, forgeries, and a Docutray in the test's own process.
 *
 * ```ts
 * import { createEmulator } from "docutray-webhook/testing";
 *
 * const emulator = createEmulator({ fetch: (request) => receive(request) });
 * const { secret } = emulator.webhooks.create({ url });
 * const receive = webHandler({ secret, url, on });
 *
 * emulator.trigger("CONVERSION_COMPLETED");
 * await emulator.waitFor({ event: "CONVERSION_COMPLETED" });
 * await emulator.close();
 * ```
 *
 * It is for Node, Deno and Bun, and only for tests: it signs, which a receiver never does.
 *
 * @module docutray-webhook/testing
 */
export { chain, sample, samples } from "./testing/samples.js";
export type { ChainOptions, ChainPayload, SampleOptions, SamplePayload } from "./testing/samples.js";
export { createEmulator } from "./testing/emulator.js";
export type {
  DeliveryFilter,
  Emulator,
  EmulatorOptions,
  EmulatorWebhooks,
  EventToTrigger,
  NewWebhook,
  WaitOptions,
  WebhookChange,
} from "./testing/emulator.js";
export type { EmulatorClock } from "./testing/clock.js";
export type { EventName } from "./event-names.js";
export { forge, forgeries } from "./testing/forgeries.js";
export type { ForgedDelivery } from "./testing/forgeries.js";
export { RuleFault } from "./rules.js";
export { signDelivery } from "./testing/signed-delivery.js";
export type { DeliveryToSign, OwnBytes, SignedDelivery } from "./testing/signed-delivery.js";
export type { FetchHandler } from "./testing/to-fetch.js";
export { WaitTimeout } from "./testing/wait-timeout.js";
export type { How, Limits, ScriptedAnswer, Triggered } from "./emulator-machine.js";
export type { EmulationSettings } from "./emulator/emulation.js";
export type { Answered, Attempt, Bytes, DeliveryState, Edit, EmulatedDelivery, FailedError, Fields, Forgery, Sample, Webhook } from "./wire.js";
