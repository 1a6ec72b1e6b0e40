import { invalidConfig } from "../invalid-config.js";
import type { WebhookError } from "../error.js";
import type { Delivery } from "../event.js";
import { isLease } from "../idempotency/durations.js";
import type { IdempotencyStore } from "../idempotency/store.js";
import type { VerifierOptions } from "../verifier.js";
import type { EventHandlers } from "./handlers.js";
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
  readonly idempotency?: IdempotencyStore | undefined;
  /**
   * How long Docutray waits for a handler before it is answered 503, in seconds, above 0 and below the 30 after which
   * Docutray gives up. Default 25. The handler goes on, and Docutray's retry gets 200 when it has ended well.
   */
  readonly deadline?: number | undefined;
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

const DEFAULT_DEADLINE = 25;
/** In seconds: Docutray takes no answer after this. */
const PATIENCE_OF_DOCUTRAY = 30;

/** @throws {@link WebhookError} `invalid_config`. */
export function checkedDeadline(deadline: unknown = DEFAULT_DEADLINE): number {
  if (typeof deadline !== "number" || !(deadline > 0 && deadline < PATIENCE_OF_DOCUTRAY)) {
    throw invalidConfig(
      "deadline",
      `has to be a number of seconds above 0 and below ${PATIENCE_OF_DOCUTRAY}, after which Docutray takes no answer`,
    );
  }
  return deadline;
}

/** @throws {@link WebhookError} `invalid_config`. */
export function checkedCallback<Callback>(option: string, callback: Callback): Callback {
  if (callback !== undefined && typeof callback !== "function") {
    throw invalidConfig(option, "has to be a function");
  }
  return callback;
}

/** @throws {@link WebhookError} `invalid_config`. */
export function checkedStore(store: IdempotencyStore): IdempotencyStore {
  const methods = ["claim", "renew", "complete", "release"] as const;
  const isStore = typeof store === "object" && store !== null && isLease(store.lease);
  if (!isStore || !methods.every((method) => typeof store[method] === "function")) {
    throw invalidConfig(
      "idempotency",
      "has to be a store: redis(client) of docutray-webhook/idempotency, another of it, or an IdempotencyStore of your own",
    );
  }
  return store;
}
