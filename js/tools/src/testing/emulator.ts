import type { How, ScriptedAnswer, Triggered } from "../emulator-machine.js";
import { Emulation, type EmulationSettings } from "../emulator/emulation.js";
import type { EventName } from "../event-names.js";
import { overHttp } from "../emulator/over-http.js";
import type { EmulatedDelivery, Webhook } from "../wire.js";
import { EmulatorClock } from "./clock.js";
import { bytesOfPayload } from "./signed-delivery.js";
import { toFetch, type FetchHandler } from "./to-fetch.js";
import { waitTimeout } from "./wait-timeout.js";

/** How an emulator is set up. */
export interface EmulatorOptions extends EmulationSettings {
  /**
   * A receiver in the test's own process, which gets every delivery: `webHandler(...)`, `app.fetch`. Without it deliveries go over HTTP to
   * the registered URLs.
   */
  readonly fetch?: FetchHandler | undefined;
}

/** A webhook to create. */
export interface NewWebhook {
  /** The endpoint's URL, exactly as the receiver has registered it. `http:` is for this machine, unless `allowRemote`. */
  readonly url: string;
  /** Default: all nine events. */
  readonly events?: readonly EventName[] | undefined;
  /** Default: true. */
  readonly enabled?: boolean | undefined;
}

/** What a webhook can be changed to. What is absent stays. */
export type WebhookChange = Partial<NewWebhook>;

/** An event that is to happen: one of `event`, `sample` and `chain`. */
export interface EventToTrigger {
  /** One of the nine events. */
  readonly event?: EventName | undefined;
  /** The name of a sample, such as `spanish-invoice`. */
  readonly sample?: string | undefined;
  /** A piece of work from its start to its end. The later event comes by the emulator's clock. */
  readonly chain?: { readonly family: "CONVERSION" | "IDENTIFICATION" | "STEP"; readonly ends: "COMPLETED" | "FAILED" } | undefined;
  /** Only for this webhook. */
  readonly webhookId?: string | undefined;
  /** In place of the event's sample: text or bytes as they are, or an object, which becomes JSON. */
  readonly payload?: string | Uint8Array | object | undefined;
  /** Values of the sample to change. `value` is JSON; what is not JSON is a string. */
  readonly set?: readonly { readonly path: string; readonly value: string }[] | undefined;
}

/** Which deliveries are meant. What is absent lets all through. */
export interface DeliveryFilter {
  /** The event's name: one of the nine, or that of the sample `unknown-event`. */
  readonly event?: string | undefined;
  readonly state?: EmulatedDelivery["state"] | undefined;
  readonly webhookId?: string | undefined;
  /** A part of the id, the URL or the payload. */
  readonly text?: string | undefined;
  /** Only those with a greater `sequence`. */
  readonly since?: number | undefined;
}

export interface WaitOptions {
  /** In milliseconds of real time. Default: 5000. */
  readonly timeout?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

const DEFAULT_TIMEOUT = 5_000;

/**
 * Makes a Docutray in the test's own process: the same state machine as that of `docutray-webhook emulate`. Close it when the test ends.
 *
 * @throws {RuleFault} `invalid_seed`, `invalid_speed`, `invalid_limit`.
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  return new Emulator(options);
}

/** A Docutray in the test's own process. All its methods that have a fault throw a {@link RuleFault} with its `code`. */
export class Emulator {
  /** The registered webhooks. */
  readonly webhooks: EmulatorWebhooks;
  /** The clock, which can be turned. */
  readonly clock: EmulatorClock;
  readonly #emulation: Emulation;

  /** @internal */
  constructor({ fetch, ...settings }: EmulatorOptions) {
    const deliver = fetch === undefined ? overHttp(settings.allowRemote ?? false) : toFetch(fetch);
    this.#emulation = new Emulation(settings, deliver);
    this.webhooks = new EmulatorWebhooks(this.#emulation);
    this.clock = new EmulatorClock(this.#emulation);
  }

  /**
   * Lets an event happen: a name of the nine events, or more of it. Every enabled webhook that has chosen the event gets a delivery; those
   * that get none are in `skipped`.
   *
   * @throws {RuleFault} `unknown_event`, `unknown_sample`, `unknown_webhook`, `ambiguous_trigger`, `history_full`.
   */
  trigger(event: EventName | EventToTrigger): Triggered {
    const { payload, ...trigger } = typeof event === "string" ? { event } : event;
    return this.#emulation.driver.run({ type: "trigger", ...trigger, ...(payload !== undefined && { payload: bytesOfPayload(payload) }) });
  }

  /**
   * Waits for a delivery, and returns the newest one that fits.
   *
   * @param filter - `state` is `delivered` by default.
   * @throws {WaitTimeout} if none fits in time. It says how far the deliveries are, and what was answered.
   * @throws {RuleFault} `closed` as soon as the emulator is closed.
   * @throws the signal's reason if it is aborted.
   */
  async waitFor(filter: DeliveryFilter = {}, { timeout = DEFAULT_TIMEOUT, signal }: WaitOptions = {}): Promise<EmulatedDelivery> {
    const wanted = { state: "delivered" as const, ...filter };
    const find = () => this.#emulation.query({ type: "latest", ...wanted }) ?? undefined;
    const found = await this.#emulation.until(find, timeout, signal);
    if (found === undefined) {
      throw waitTimeout(wanted, timeout, this.#emulation);
    }
    return found;
  }

  /** Returns the deliveries that fit, the newest first, at most 10,000. */
  deliveries(filter: DeliveryFilter = {}): readonly EmulatedDelivery[] {
    const { items } = this.#emulation.query({ type: "deliveries", limit: 10_000, ...filter });
    // A filter cannot ask for summaries.
    return items as readonly EmulatedDelivery[];
  }

  /** @throws {RuleFault} `unknown_delivery`. */
  delivery(id: string): EmulatedDelivery {
    return this.#emulation.query({ type: "delivery", id });
  }

  /**
   * Scripts the answers to the next attempts, in place of the endpoint's: a status, `hang` or `reset`. With `delivered` the endpoint gets
   * the delivery all the same, and its answer is lost, as it may be in production.
   *
   * @throws {RuleFault} `invalid_answer`, `too_many_answers`.
   */
  answers(...answers: readonly (ScriptedAnswer["answer"] | ScriptedAnswer)[]): void {
    this.#emulation.driver.run({ type: "script", answers: answers.map((answer) => (typeof answer === "object" ? answer : { answer })) });
  }

  /**
   * Sends a delivery again, as a new one.
   *
   * @param how - `asCaptured`: the same bytes, once; `signedAfresh`: the same payload; `edited`: another payload.
   * @throws {RuleFault} `unknown_delivery`, `no_webhook`, `not_sent_yet`, `invalid_again`.
   */
  again(id: string, how: How = "signedAfresh", payload?: string | Uint8Array | object): Triggered {
    return this.#emulation.driver.run({ type: "again", delivery: id, how, ...(payload !== undefined && { body: bytesOfPayload(payload) }) });
  }

  /** Forgets all webhooks, deliveries and scripted answers, and sets the clock to real time. */
  reset(): void {
    this.#emulation.driver.run({ type: "reset" });
  }

  /** Aborts what is under way, waits included. The emulator cannot be used any more. */
  async close(): Promise<void> {
    await this.#emulation.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** What Docutray's page "Settings > Organization > Webhooks" does. */
export class EmulatorWebhooks {
  readonly #emulation: Emulation;

  /** @internal */
  constructor(emulation: Emulation) {
    this.#emulation = emulation;
  }

  /**
   * Registers an endpoint. Returns it with its secret, which signs its deliveries.
   *
   * @throws {RuleFault} `invalid_url`, `url_not_allowed`, `unknown_event`, `no_events`, `too_many_webhooks`.
   */
  create({ url, events, enabled }: NewWebhook): { readonly webhook: Webhook; readonly secret: string } {
    return this.#emulation.driver.run({ type: "createWebhook", url, events, enabled });
  }

  /** @throws {RuleFault} `unknown_webhook`, and those of `create`. */
  update(id: string, change: WebhookChange): Webhook {
    return this.#emulation.driver.run({ type: "updateWebhook", id, ...change }).webhook;
  }

  /** Makes a new secret and returns it. The old one stops at once. @throws {RuleFault} `unknown_webhook`. */
  regenerateSecret(id: string): string {
    return this.#emulation.driver.run({ type: "regenerateSecret", id }).secret;
  }

  /** Gives up its open deliveries. @throws {RuleFault} `unknown_webhook`. */
  delete(id: string): void {
    this.#emulation.driver.run({ type: "deleteWebhook", id });
  }

  list(): readonly Webhook[] {
    return this.#emulation.query({ type: "webhooks" }).items;
  }
}
