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
import { decoder } from "./utf8.js";

interface EventOf<Type extends string, Id, Payload> {
  /** The event's type. It is `"UNKNOWN"` for events that this version does not know. */
  type: Type;
  /** The event's name as the header gives it. For an unknown event, only the name tells which event it is. */
  name: string;
  /** The delivery's metadata. */
  delivery: Delivery;
  /** The id of the conversion, identification or step execution, which is never empty. `null` for an unknown event. */
  id: Id;
  /**
   * The idempotency key, `type:id`. It is the same for every delivery of the same event. For an unknown event it is
   * `name:` and the SHA-256 of the body in hexadecimal digits, since a retry may carry another request id. It may be of any
   * length: hash it where your store limits keys.
   */
  key: string;
  /**
   * The event's payload, parsed when first read. The types of its known fields are checked. It also contains fields that
   * Docutray adds later, which its type does not declare: `extra(event.payload)` has them.
   */
  payload: Payload;
  /** The body's whole text as received, with every digit of its numbers. Not enumerable. */
  readonly raw: string;
}

/** A conversion has started. */
export type ConversionStartedEvent = EventOf<"CONVERSION_STARTED", string, ConversionStarted>;
/** A conversion has completed. */
export type ConversionCompletedEvent = EventOf<"CONVERSION_COMPLETED", string, ConversionCompleted>;
/** A conversion has failed. */
export type ConversionFailedEvent = EventOf<"CONVERSION_FAILED", string, ConversionFailed>;
/** An identification has started. */
export type IdentificationStartedEvent = EventOf<"IDENTIFICATION_STARTED", string, IdentificationStarted>;
/** An identification has completed. */
export type IdentificationCompletedEvent = EventOf<"IDENTIFICATION_COMPLETED", string, IdentificationCompleted>;
/** An identification has failed. */
export type IdentificationFailedEvent = EventOf<"IDENTIFICATION_FAILED", string, IdentificationFailed>;
/** A step has started. */
export type StepStartedEvent = EventOf<"STEP_STARTED", string, StepStarted>;
/** A step has completed. */
export type StepCompletedEvent = EventOf<"STEP_COMPLETED", string, StepCompleted>;
/** A step has failed. */
export type StepFailedEvent = EventOf<"STEP_FAILED", string, StepFailed>;
/** An event that this version does not know. It is not an error, so that a receiver keeps working when Docutray adds an event. */
export type UnknownEvent = EventOf<"UNKNOWN", null, JsonObject>;

/** A verified event: its delivery is authentic and fresh, and its payload agrees with its name. A union on `type`. */
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

let names: readonly string[] | undefined;

/**
 * Returns the events' names, the last of which is `"UNKNOWN"`. Read on first use, since an entry makes the instance after
 * loading this file.
 *
 * @internal
 */
export function eventNames(): readonly string[] {
  return (names ??= inInstance((_core, instance) => instance.names.events));
}

/**
 * Returns the event as a plain object. Its property descriptors are shared, since this runs for every delivery.
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

/** Lets a subclass add a private field to an existing object, since an event has no class of its own. */
class Stamped {
  constructor(event: object) {
    return event;
  }
}

/** Attaches the body to an event invisibly. Its text is decoded when first read. */
class WithBody extends Stamped {
  #body: string | Uint8Array;

  constructor(event: object, body: string | Uint8Array) {
    super(event);
    this.#body = body;
  }

  /** @throws `TypeError` for a proxy of an event, and for an object that inherits from one. */
  static text(event: object): string {
    if (!(#body in event)) {
      throw new TypeError("payload and raw can only be read on the event itself: read them before it is wrapped in a proxy, or copy it, { ...event }");
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
    // On a frozen event this fails, and every read parses again.
    Reflect.defineProperty(this, "payload", plain(payload));
    return payload;
  },
  set(this: WebhookEvent, payload: unknown) {
    Object.defineProperty(this, "payload", plain(payload));
  },
};

/** The descriptor of a plain property, which replaces the getter. */
function plain(value: unknown): PropertyDescriptor {
  return { value, configurable: true, enumerable: true, writable: true };
}

/** The method that `console.log` calls in Node, Bun and Deno, which would otherwise print `payload: [Getter]`. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

const shownWhole: PropertyDescriptor = {
  value(this: object): object {
    return { ...this };
  },
};
