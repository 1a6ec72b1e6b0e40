import { bufferOf } from "../bytes.js";
import { rule } from "../rules.js";
import type { DeliveryBytes, Fields } from "../wire.js";

/** What to sign. */
export interface DeliveryToSign {
  /** The webhook's secret. */
  readonly secret: string;
  /** The webhook's URL, exactly as the receiver has registered it: it is signed. */
  readonly url: string;
  /** The event's name, such as `CONVERSION_COMPLETED`. Any other name is signed, too. */
  readonly event: string;
  /**
   * The body: text or bytes as they are, or an object, which becomes JSON. Without it the sample of the event, which only the nine
   * documented events have. It may be anything, also what a right receiver refuses.
   */
  readonly payload?: string | Uint8Array | object | undefined;
  /** When it is signed: Unix time in seconds. Default: now. Receivers refuse what is more than 300 s away from their clock. */
  readonly now?: number | undefined;
  /** A UUID. Default: a new one. */
  readonly requestId?: string | undefined;
}

/** A `Uint8Array` that `fetch` takes. TypeScript before 5.7 has no other kind, and no way to write this one. */
export type OwnBytes = ReturnType<Uint8ArrayConstructor["of"]>;

/** A delivery as Docutray would send it. */
export interface SignedDelivery {
  /** All headers that Docutray sends, by their names as Docutray writes them. A name that is there twice has its values joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** The exact bytes that were signed. */
  readonly body: OwnBytes;
  /** The same as a Web `Request`, a new one each time, since a body can be read once. */
  readonly request: Request;
}

/**
 * Signs a delivery as Docutray does, so that tests can send it to a receiver.
 *
 * @throws {RuleFault} `unknown_sample` without a payload for an event that has no sample.
 * @throws {TypeError} if an option has the wrong type.
 */
export function signDelivery(delivery: DeliveryToSign): SignedDelivery {
  return signed(rule("sign", unsigned(delivery)), delivery.url);
}

/** What the rules sign. */
export function unsigned({ secret, url, event, payload, now = Math.floor(Date.now() / 1_000), requestId = crypto.randomUUID() }: DeliveryToSign) {
  for (const [name, value] of Object.entries({ secret, url, event, requestId })) {
    if (typeof value !== "string") {
      throw new TypeError(`${name} has to be a string.`);
    }
  }
  if (!Number.isSafeInteger(now) || now < 0) {
    throw new TypeError("now has to be Unix time in seconds, a whole number: Math.floor(Date.now() / 1000).");
  }
  const body = payload === undefined ? rule("sample", { name: event, now }).body : bytesOfPayload(payload);
  return { secret, url, event, body, now, requestId };
}

/** The payload as the rules take it. */
export function bytesOfPayload(payload: string | Uint8Array | object) {
  if (typeof payload === "string") {
    return { text: payload };
  }
  if (payload instanceof Uint8Array) {
    return { base64: Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString("base64") };
  }
  const text = JSON.stringify(payload) as string | undefined;
  if (text === undefined) {
    throw new TypeError("payload has to be text, bytes, or an object that JSON can represent.");
  }
  return { text };
}

/** A delivery in the forms that tests use. */
export function signed({ headers, body }: DeliveryBytes, url: string): SignedDelivery {
  const bytes = Uint8Array.from(bufferOf(body));
  return {
    headers: joined(headers),
    body: bytes,
    get request() {
      return new Request(url, { method: "POST", headers: headers.map(([name, value]): [string, string] => [name, value]), body: bytes });
    },
  };
}

/** A repeated header is the same as one with all values, as HTTP says. */
function joined(fields: Fields): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [name, value] of fields) {
    const same = Object.keys(headers).find((known) => known.toLowerCase() === name.toLowerCase()) ?? name;
    const before = headers[same];
    headers[same] = before === undefined ? value : `${before}, ${value}`;
  }
  return headers;
}
