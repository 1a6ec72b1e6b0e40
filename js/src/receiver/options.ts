import type { Delivery } from "../delivery.js";
import type { WebhookError } from "../error.js";
import { DEFAULT_DEADLINE, DOCUTRAY_WAITS } from "../generated/limits.js";
import { isLease } from "../idempotency/durations.js";
import { memory } from "../idempotency/memory.js";
import type { Store } from "../idempotency/store.js";
import { allChecked, invalidConfig, readOptions } from "../options.js";
import { member } from "../right-entry.js";
import { VERIFIER_OPTIONS, type VerifierOptions } from "../verifier-options.js";
import { checkedBudget, type BodyBudget } from "./body-budget.js";
import { secretFromEnvironment, urlFromEnvironment } from "./environment.js";
import type { HandlerVerifierOptions } from "./handler-verifier-options.js";
import { findHandler, type EventHandlers, type FindHandler } from "./handlers.js";
import type { Logger } from "./logger.js";
import type { DeliveryRecord } from "./record.js";
import type { OnError } from "./report.js";
import type { Tracer } from "./tracing.js";
import { verifierSource, type SecretAndUrl, type VerifierSource } from "./verifier-source.js";

/** The options of a handler, the same for every host. */
export interface HandlerOptions extends HandlerVerifierOptions {
  /** The handlers, by event. An event without a handler is acknowledged. */
  readonly on: EventHandlers;
  /**
   * The store that remembers which events were processed. Default `memory()`, for this handler only. If several processes,
   * instances, isolates or handlers receive deliveries, they need a shared store (`docutray-webhook/idempotency`). A handler
   * that is made again for each request remembers nothing.
   */
  readonly idempotency?: Store | undefined;
  /**
   * The time within which a delivery is answered, in seconds: above 0 and below the 30 for which Docutray waits. Default 25. If
   * the handler takes longer, Docutray is answered 503; the handler continues, and a retry is answered 200 once it has
   * succeeded. A body that is incomplete by then is answered 408.
   */
  readonly deadline?: number | undefined;
  /**
   * How many bytes of all arriving bodies this handler holds while they arrive or are verified; at least `maxBody`. Default
   * four times `maxBody`. Only received bytes count, not announced ones. A delivery that exceeds it is answered 503, and
   * Docutray retries.
   */
  readonly bodyBudget?: number | undefined;
  /**
   * Keeps a delivery whose signatures are right but whose payload does not fit (`malformed_payload`, `event_mismatch`),
   * since Docutray may change its payloads. So does a handler that throws `UnfitPayload`, and a schema of `documents`. If it returns, the delivery is answered 200. If it throws, or none is given, the
   * delivery is answered 400. It may be called again for the same delivery.
   *
   * @param rawBody - The whole body as received.
   */
  readonly onUnfit?: ((error: WebhookError, delivery: Delivery, rawBody: Uint8Array) => unknown) | undefined;
  /**
   * Takes the lines that are otherwise written to the console: `console`, pino, winston, Fastify's `app.log` and the like fit as they are.
   */
  readonly logger?: Logger | undefined;
  /**
   * Called with each error that is logged as an error: what a handler, a store or a callback has thrown, and a delivery that does not
   * fit. Use it for Sentry and the like. Errors that anybody can cause come at most once a minute; refused requests do not come at
   * all. If it throws, the answer stays the same. The answer waits for its promise, and for that of `onDelivery`, for up to a second
   * in all.
   */
  readonly onError?: OnError | undefined;
  /**
   * A tracer of `@opentelemetry/api`: `trace.getTracer("docutray-webhook")`. Each request gets a span, "process docutray", which is active
   * while its handler runs and ends with the answer. What the handler throws until then is recorded as an exception.
   */
  readonly tracer?: Tracer | undefined;
  /** Called with one record for each request, before the answer. Use it for a log. The record contains no secret, MAC or payload. */
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
  "logger",
  "onError",
  "tracer",
] as const satisfies readonly (keyof HandlerOptions)[];

/** An option that only one host has. */
export interface HostOption {
  readonly name: string;
  /** Throws if the value is wrong. */
  readonly check: (value: unknown) => void;
}

/** The checked parts of a handler. */
export interface HandlerParts {
  readonly verifiers: VerifierSource;
  readonly find: FindHandler;
  readonly store: Store;
  readonly deadline: number;
  readonly budget: BodyBudget;
  readonly onUnfit: HandlerOptions["onUnfit"];
  readonly onDelivery: HandlerOptions["onDelivery"];
  readonly logger: Logger | undefined;
  readonly onError: OnError | undefined;
  readonly tracer: Tracer | undefined;
}

/**
 * @param warn - Called with what looks like a mistake in a secret, now or when a function returns it.
 * @throws {@link WebhookError} `invalid_config` with everything that is wrong; `TypeError` if `options` is not an object.
 */
export function checkedOptions(options: unknown, hosts: readonly HostOption[], warn: (hint: string) => void): HandlerParts {
  const { values, problems } = readOptions(options, [...HANDLER_OPTIONS, ...hosts.map(({ name }) => name)]);
  let verifiers: VerifierSource | undefined;
  const given: Partial<Writable<SecretAndUrl>> = {};
  const checks = {
    secret: () => (given.secret = secretOf(values)),
    url: () => (given.url = urlOf(values)),
    verifiers: () => (verifiers = verifierSource(given, limitsOf(values), warn)),
    find: () => findHandler(values["on"]),
    store: () => checkedStore(values["idempotency"] === undefined ? memory() : values["idempotency"]),
    deadline: () => checkedDeadline(values["deadline"]),
    budget: () => checkedBudget(values["bodyBudget"], verifiers?.maxBody),
    onUnfit: () => checkedCallback("onUnfit", values["onUnfit"]),
    onDelivery: () => checkedCallback("onDelivery", values["onDelivery"]),
    onError: () => checkedCallback("onError", values["onError"]),
    logger: () => withMethods<Logger>("logger", values["logger"], ["warn", "error"], "console, pino or the like"),
    tracer: () => withMethods<Tracer>("tracer", values["tracer"], ["startActiveSpan"], "a tracer of @opentelemetry/api"),
    hosts: () => hosts.forEach(({ name, check }) => check(values[name])),
  };
  try {
    return allChecked<HandlerParts & SecretAndUrl & { hosts: void }>(problems, checks);
  } catch (error) {
    // Wipes its keys now, and not only when it is garbage-collected.
    verifiers?.free();
    throw error;
  }
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** The options of a verifier, as read. */
type ReadOptions = Readonly<Record<(typeof VERIFIER_OPTIONS)[number], unknown>>;

/** @throws {@link WebhookError} `invalid_config` if neither the option nor the environment has a secret. */
export function secretOf({ secret }: ReadOptions): SecretAndUrl["secret"] {
  return secret === undefined ? secretFromEnvironment() : (secret as SecretAndUrl["secret"]);
}

/** @throws {@link WebhookError} `invalid_config` if neither the option nor the environment has a URL. */
export function urlOf({ url }: ReadOptions): SecretAndUrl["url"] {
  return url === undefined ? urlFromEnvironment() : (url as SecretAndUrl["url"]);
}

/** Returns the options that do not depend on a request. The verifier checks them. */
export function limitsOf({ tolerance, maxBody }: ReadOptions): Pick<VerifierOptions, "tolerance" | "maxBody"> {
  return { tolerance, maxBody } as Pick<VerifierOptions, "tolerance" | "maxBody">;
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
export function checkedCallback<Name extends "onUnfit" | "onDelivery" | "onError">(option: Name, callback: unknown): HandlerOptions[Name] {
  if (callback !== undefined && typeof callback !== "function") {
    throw invalidConfig(option, "has to be a function");
  }
  return callback as HandlerOptions[Name];
}

/** @throws {@link WebhookError} `invalid_config`. */
function withMethods<T>(option: string, given: unknown, methods: readonly (keyof T & string)[], what: string): T | undefined {
  if (given !== undefined && !methods.every((name) => typeof member(given, name) === "function")) {
    throw invalidConfig(option, `has to be ${what}, with ${methods.map((name) => `${name}()`).join(" and ")}`);
  }
  return given as T | undefined;
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
