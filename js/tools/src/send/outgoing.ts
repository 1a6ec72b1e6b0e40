import { randomBytes, randomUUID } from "node:crypto";
import { bytesOf } from "../bytes.js";
import { rule } from "../rules.js";
import type { Bytes, DeliveryBytes, Edit, FailedError, Forgery } from "../wire.js";

/** An event to send. */
export interface Payload {
  readonly event: string;
  readonly body: Bytes;
}

/** How it is signed. */
export interface Signing {
  readonly secret: string;
  /** As registered. */
  readonly url: string;
  /** How old the delivery is, in seconds. Negative: how far ahead. */
  readonly age: number;
  /** The name of a forgery. */
  readonly tamper: string | undefined;
}

/** A delivery with what it is. */
export interface Outgoing extends DeliveryBytes {
  readonly event: string;
  readonly requestId: string;
  readonly forgery?: Forgery;
}

/** Samples by their names. They are one chain: all have the same new id. */
export function samples(names: readonly string[], failedError: FailedError, set: readonly Edit[]): readonly Payload[] {
  const now = seconds();
  const id = newId();
  return names.map((name) => rule("sample", { name, now, id, failedError, set }));
}

/** The bytes of a file. Changes leave every other byte as it is. */
export function ownPayload(event: string, body: Buffer, set: readonly Edit[]): Payload {
  const bytes = bytesOf(body);
  return { event, body: set.length === 0 ? bytes : rule("edit", { body: bytes, set }) };
}

/** Signs a delivery with a request id and a time of its own. */
export function signed({ event, body }: Payload, { secret, url, age, tamper }: Signing): Outgoing {
  const requestId = randomUUID();
  const unsigned = { secret, url, event, body, now: seconds() - age, requestId };
  if (tamper === undefined) {
    return { ...rule("sign", unsigned), event, requestId };
  }
  const { headers, body: forged, ...forgery } = rule("forge", { name: tamper, delivery: unsigned });
  return { headers, body: forged, event, requestId, forgery };
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** As long as Docutray's own ids, and as hard to meet twice. */
function newId(): string {
  return `c${randomBytes(12).toString("hex")}`;
}
