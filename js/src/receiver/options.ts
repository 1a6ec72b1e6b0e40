import { Verifier as HostsVerifier } from "#core";
import type { Delivery } from "../delivery.js";
import type { WebhookError } from "../error.js";
import { DEFAULT_DEADLINE, DOCUTRAY_WAITS } from "../generated/limits.js";
import { isLease } from "../idempotency/durations.js";
import { memory } from "../idempotency/memory.js";
import type { Store } from "../idempotency/store.js";
import { allChecked, invalidConfig, readOptions } from "../options.js";
// By its own name: TypeScript of `moduleResolution: node10` does not know `#core`.
import type { Verifier } from "../verifier.js";
import { VERIFIER_OPTIONS, type VerifierOptions } from "../verifier-options.js";
import { checkedBudget, type BodyBudget } from "./body-budget.js";
import { findHandler, type EventHandlers, type FindHandler } from "./handlers.js";
import type { DeliveryRecord } from "./record.js";

/** How a handler is set up: the same for every host. */
export interface HandlerOptions extends VerifierOptions {
  /** Who processes which event. An event that nobody here wants is acknowledged. */
  readonly on: EventHandlers;
  /**
   * Who remembers what was processed. Default `memory()`, of this handler alone: where several processes, instances,
   * isolates or handlers take deliveries, they need a store in common (`docutray-webhook/idempotency`), and a handler
   * that is made anew for each request remembers nothing.
   */
  readonly idempotency?: Store | undefined;
  /**
   * How long Docutray waits for a handler before it is answered 503, in seconds, above 0 and below the 30 after which
   * Docutray gives up. Default 25. The handler goes on, and Docutray's retry gets 200 when it has ended well. A body that
   * has not come whole by then is given up, and answered 408.
   */
  readonly deadline?: number | undefined;
  /**
   * How many bytes this handler holds of all bodies that are arriving or being verified, at least `maxBody`. Default four
   * times `maxBody`. Only what has come counts, not what is announced. A delivery that finds no room is answered 503, and
   * Docutray sends it again.
   */
  readonly bodyBudget?: number | undefined;
  /**
   * Keeps a delivery whose signatures are right but whose payload does not fit (`malformed_payload`,
   * `event_mismatch`), since Docutray may change its payloads. When it returns, the delivery is answered 200;
   * without it, or when it throws, 400. It may be called again for the same delivery.
   *
   * @param rawBody - The whole body, as received.
   */
  readonly onUnfit?: ((error: WebhookError, delivery: Delivery, rawBody: Uint8Array) => unknown) | undefined;
  /** Called with one record for each request, before it is answered: for a log. It holds no secret, MAC or payload. */
  readonly onDelivery?: ((record: DeliveryRecord) => unknown) | undefined;
}

/** The options of every handler. */
export const HANDLER_OPTIONS = [
  ...VERIFIER_OPTIONS,
  "on",
  "idempotency",
  "deadline",
  "bodyBudget",
  "onUnfit",
  "onDelivery",
] as const satisfies readonly (keyof HandlerOptions)[];

/** An option of one host alone. */
export interface HostOption {
  readonly name: string;
  /** Judges what was given, and throws what is wrong with it. */
  readonly check: (value: unknown) => void;
}

/** What a handler is made of. */
export interface HandlerParts {
  readonly verifier: Verifier;
  readonly find: FindHandler;
  readonly store: Store;
  readonly deadline: number;
  readonly budget: BodyBudget;
  readonly onUnfit: HandlerOptions["onUnfit"];
  readonly onDelivery: HandlerOptions["onDelivery"];
}

/** @throws {@link WebhookError} `invalid_config` with everything that is wrong; `TypeError` for what are no options. */
export function checkedOptions(options: unknown, hosts: readonly HostOption[]): HandlerParts {
  const { values, problems } = readOptions(options, [...HANDLER_OPTIONS, ...hosts.map(({ name }) => name)]);
  let verifier: Verifier | undefined;
  const checks = {
    verifier: () => (verifier = new HostsVerifier(verifierOptions(values))),
    find: () => findHandler(values["on"]),
    store: () => checkedStore(values["idempotency"] === undefined ? memory() : values["idempotency"]),
    deadline: () => checkedDeadline(values["deadline"]),
    budget: () => checkedBudget(values["bodyBudget"], verifier),
    onUnfit: () => checkedCallback("onUnfit", values["onUnfit"]),
    onDelivery: () => checkedCallback("onDelivery", values["onDelivery"]),
    hosts: () => hosts.forEach(({ name, check }) => check(values[name])),
  };
  try {
    return allChecked<HandlerParts & { hosts: void }>(problems, checks);
  } catch (error) {
    // Its secret need not wait for the garbage collector.
    verifier?.free();
    throw error;
  }
}

/** The verifier's share of options that were read; the verifier judges them. */
export function verifierOptions(values: Readonly<Record<(typeof VERIFIER_OPTIONS)[number], unknown>>): VerifierOptions {
  const { secret, url, tolerance, maxBody } = values;
  const options: Record<string, unknown> = { __proto__: null, secret, url, tolerance, maxBody };
  return options as unknown as VerifierOptions;
}

/** @throws {@link WebhookError} `invalid_config`. */
export function checkedDeadline(deadline: unknown = DEFAULT_DEADLINE): number {
  if (typeof deadline !== "number" || !(deadline > 0 && deadline < DOCUTRAY_WAITS)) {
    throw invalidConfig(
      "deadline",
      `has to be a number of seconds above 0 and below ${DOCUTRAY_WAITS}, after which Docutray takes no answer`,
    );
  }
  return deadline;
}

/** @throws {@link WebhookError} `invalid_config`. */
export function checkedCallback<Name extends "onUnfit" | "onDelivery">(option: Name, callback: unknown): HandlerOptions[Name] {
  if (callback !== undefined && typeof callback !== "function") {
    throw invalidConfig(option, "has to be a function");
  }
  return callback as HandlerOptions[Name];
}

/** @throws {@link WebhookError} `invalid_config`. */
export function checkedStore(given: unknown): Store {
  const store = given as Store;
  const methods = ["claim", "renew", "complete", "release"] as const;
  const isStore = typeof store === "object" && store !== null && isLease(store.lease);
  if (!isStore || !methods.every((method) => typeof store[method] === "function")) {
    throw invalidConfig(
      "idempotency",
      "has to be a store: redis(client) of docutray-webhook/idempotency, another of it, or a Store of your own",
    );
  }
  return store;
}
