import type { Delivery } from "./delivery.js";
import { inInstance } from "./module/instance.js";
import type { Verified } from "./prepared.js";
import type {
  ConversionCompleted,
  ConversionFailed,
  ConversionStarted,
  IdentificationCompleted,
  IdentificationFailed,
  IdentificationStarted,
  JsonObject,
  StepCompleted,
  StepFailed,
  StepStarted,
} from "./payload.js";

interface EventOf<Type extends string, Id, Payload> {
  /** Which event it is; `"UNKNOWN"` for all that Docutray may add. */
  type: Type;
  /** The event's name as the header gives it: for an unknown event the only thing that tells which it is. */
  name: string;
  /** The metadata of the delivery that brought it. */
  delivery: Delivery;
  /** The id of the conversion, identification or step execution, never empty; `null` for an unknown event. */
  id: Id;
  /**
   * The idempotency key, `type:id`: the same for every delivery of the same event. For an unknown event it is `name:` and
   * the SHA-256 of the body in hexadecimal digits, since a retry may carry another request id.
   */
  key: string;
  /**
   * What the event says, parsed when first read. Its types are checked. Fields that Docutray adds are in it too, though
   * not in its type: `extra(event.payload)` has them.
   */
  payload: Payload;
  /** The whole body as received, with every digit of its numbers. Not enumerable. */
  readonly raw: string;
}

/** A conversion has begun. */
export type ConversionStartedEvent = EventOf<"CONVERSION_STARTED", string, ConversionStarted>;
/** A conversion is done. */
export type ConversionCompletedEvent = EventOf<"CONVERSION_COMPLETED", string, ConversionCompleted>;
/** A conversion has failed. */
export type ConversionFailedEvent = EventOf<"CONVERSION_FAILED", string, ConversionFailed>;
/** An identification has begun. */
export type IdentificationStartedEvent = EventOf<"IDENTIFICATION_STARTED", string, IdentificationStarted>;
/** An identification is done. */
export type IdentificationCompletedEvent = EventOf<"IDENTIFICATION_COMPLETED", string, IdentificationCompleted>;
/** An identification has failed. */
export type IdentificationFailedEvent = EventOf<"IDENTIFICATION_FAILED", string, IdentificationFailed>;
/** A step has begun. */
export type StepStartedEvent = EventOf<"STEP_STARTED", string, StepStarted>;
/** A step is done. */
export type StepCompletedEvent = EventOf<"STEP_COMPLETED", string, StepCompleted>;
/** A step has failed. */
export type StepFailedEvent = EventOf<"STEP_FAILED", string, StepFailed>;
/** An event that this version does not know: not an error, so that a receiver does not fail when Docutray adds one. */
export type UnknownEvent = EventOf<"UNKNOWN", null, JsonObject>;

/** A verified delivery: authentic, fresh, and with a payload that agrees with its event. A union on `type`. */
export type WebhookEvent =
  | ConversionStartedEvent
  | ConversionCompletedEvent
  | ConversionFailedEvent
  | IdentificationStartedEvent
  | IdentificationCompletedEvent
  | IdentificationFailedEvent
  | StepStartedEvent
  | StepCompletedEvent
  | StepFailedEvent
  | UnknownEvent;

/** The core has checked UTF-8; a byte order mark, which it refuses, is not to be dropped here. */
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

let names: readonly string[] | undefined;

/**
 * The events' names, `"UNKNOWN"` the last. Asked on first use: an entry makes the instance after it has loaded this.
 *
 * @internal
 */
export function eventNames(): readonly string[] {
  return (names ??= inInstance((_core, instance) => instance.names.events));
}

/**
 * The event as a plain object; shared descriptors, since this runs for every delivery.
 *
 * @internal
 */
export function webhookEvent({ type, delivery, id, key, body }: Verified): WebhookEvent {
  const event = { type, name: delivery.event, delivery, id, key };
  Object.defineProperty(event, "payload", parsedWhenRead);
  Object.defineProperty(event, "raw", decodedWhenRead);
  Object.defineProperty(event, INSPECT, shownWhole);
  return new WithBody(event, body) as object as WebhookEvent;
}

/** Makes a private field of a class one of an object that is there already: an event has no class of its own. */
class Stamped {
  constructor(event: object) {
    return event;
  }
}

/** An event's body, out of its sight; its text is made when it is first read. */
class WithBody extends Stamped {
  #body: string | Uint8Array;

  constructor(event: object, body: string | Uint8Array) {
    super(event);
    this.#body = body;
  }

  /** @throws `TypeError` for a proxy of an event, and for what inherits from one. */
  static text(event: object): string {
    if (!(#body in event)) {
      throw new TypeError("payload and raw are made when an event itself is first read: read them before it is wrapped, or copy it, { ...event }");
    }
    const stamped: WithBody = event;
    if (typeof stamped.#body !== "string") {
      stamped.#body = decoder.decode(stamped.#body);
    }
    return stamped.#body;
  }
}

const decodedWhenRead: PropertyDescriptor = {
  get(this: object): string {
    return WithBody.text(this);
  },
};

const parsedWhenRead: PropertyDescriptor = {
  configurable: true,
  enumerable: true,
  get(this: WebhookEvent): unknown {
    const payload: unknown = JSON.parse(WithBody.text(this));
    // A frozen event stays as it is, and parses each time.
    Reflect.defineProperty(this, "payload", plain(payload));
    return payload;
  },
  set(this: WebhookEvent, payload: unknown) {
    Object.defineProperty(this, "payload", plain(payload));
  },
};

/** From here on the payload is a property like any other. */
function plain(value: unknown): PropertyDescriptor {
  return { value, configurable: true, enumerable: true, writable: true };
}

/** What `console.log` asks in Node, Bun and Deno: they would print `payload: [Getter]`. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

const shownWhole: PropertyDescriptor = {
  value(this: object): object {
    return { ...this };
  },
};
