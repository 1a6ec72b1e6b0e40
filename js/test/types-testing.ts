// The types of docutray-webhook/testing, as a user writes tests.
import { webHandler } from "docutray-webhook/handler";
import { Verifier, type WebhookEventType } from "docutray-webhook";
import {
  RuleFault,
  WaitTimeout,
  chain,
  createEmulator,
  forge,
  forgeries,
  sample,
  samples,
  signDelivery,
  type Bytes,
  type ChainOptions,
  type DeliveryFilter,
  type DeliveryToSign,
  type EmulatedDelivery,
  type Emulator,
  type EventName,
  type SampleOptions,
  type SignedDelivery,
} from "docutray-webhook/testing";

const url = "https://example.com/hooks";
const secret = "a secret of a test, long enough";
const delivery: SignedDelivery = signDelivery({ secret, url, event: "STEP_FAILED", payload: { a: 1 }, now: 1, requestId: "id" });
new Verifier({ secret, url }).verify(delivery.headers, delivery.body);
void fetch(url, { method: "POST", headers: delivery.headers, body: delivery.body });
void fetch(delivery.request);

const names: string[] = [...samples(), ...forgeries()].map(({ name }) => name);
const { payload, event } = sample("spanish-invoice", { set: [{ path: "data.total", value: "1" }] });
signDelivery({ secret, url, event, payload });
chain({ family: "STEP", ends: "FAILED" }).map(({ afterSeconds }) => afterSeconds.toFixed());
const { code, request } = forge(names[0] ?? "body", { secret, url, event });
code.toUpperCase();

async function inProcess(): Promise<EmulatedDelivery> {
  const emulator: Emulator = createEmulator({ fetch: (incoming) => receive(incoming), retryHeaders: "same", speed: undefined });
  const created = emulator.webhooks.create({ url, events: ["STEP_FAILED"] });
  const receive = webHandler({ secret: created.secret, url, on: { "*": () => {} } });
  emulator.answers(503, "hang", { answer: "reset", delivered: true });
  emulator.trigger("STEP_FAILED").deliveries.map(({ id }) => id.length);
  emulator.trigger({ chain: { family: "STEP", ends: "COMPLETED" } });
  await emulator.clock.advance(30);
  try {
    return await emulator.waitFor({ event: "STEP_FAILED", state: "delivered" }, { timeout: 1_000 });
  } catch (error) {
    if (error instanceof WaitTimeout || (error instanceof RuleFault && error.code === "closed")) {
      throw error;
    }
    throw new Error("unexpected", { cause: error });
  } finally {
    await emulator.close();
  }
}

/** Compiles only if the two types are identical. */
function same<A>() {
  return <B>(..._: [A] extends [B] ? ([B] extends [A] ? [] : [never]) : [never]) => {};
}

same<Exclude<WebhookEventType, "UNKNOWN">>()<EventName>();

/** Each delivery has its payload. */
async function payloads(emulator: Emulator, filter: DeliveryFilter): Promise<Bytes[]> {
  const found = [await emulator.waitFor(filter), ...emulator.deliveries(filter), emulator.delivery("id")];
  return found.map((delivery) => delivery.payload);
}

/** What an emulator tells can be asked for. Samples can have other events than the nine. */
function asks(emulator: Emulator, { event, webhookId }: EmulatedDelivery): void {
  emulator.deliveries({ event, webhookId });
  const [webhook] = emulator.webhooks.list();
  emulator.webhooks.create({ url, events: webhook?.events });
}

// An option may be undefined.
export const signing: DeliveryToSign = { secret, url, event: "BATCH_ARCHIVED", payload: undefined, now: undefined, requestId: undefined };
export const sampling: SampleOptions = { now: undefined, id: undefined, failedError: undefined, set: undefined };
export const chaining: ChainOptions = { family: "STEP", ends: "FAILED", now: undefined, id: undefined, failedError: undefined };

async function disposed(): Promise<void> {
  await using emulator = createEmulator();
  emulator.reset();
}

declare const emulator: Emulator;
// @ts-expect-error: only the nine events can happen
emulator.trigger("UNKNOWN");
// @ts-expect-error: only the nine events can happen
emulator.trigger({ event: "BATCH_ARCHIVED" });
// @ts-expect-error: this event cannot be chosen
emulator.webhooks.create({ url, events: ["CONVERSION_DONE"] });
// @ts-expect-error: a name that is none
createEmulator({ retryHeaders: "old" });
// @ts-expect-error: the secret is missing
signDelivery({ url, event });

void [inProcess, disposed, payloads, asks, request];
