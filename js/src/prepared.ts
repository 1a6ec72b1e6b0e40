import type { Delivery } from "./event.js";
import type { HeaderFields } from "./headers.js";
import { inInstance, InstanceLost, type Instance } from "./module/instance.js";

/** What a verifier is made with, each value of the right type. */
export interface CoreOptions {
  readonly secrets: readonly string[];
  readonly urls: readonly string[] | undefined;
  readonly tolerance: number | undefined;
  readonly maxBody: number | undefined;
}

/** What the core says of a whole delivery. */
export interface Verified {
  /** The place of the event's kind among the names. */
  readonly kind: number;
  readonly delivery: Delivery;
  readonly id: string | null;
  readonly key: string;
}

/** Where a verifier is: in which instance, under which number. */
interface Place {
  instance: Instance;
  verifier: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A field is its tag, four bytes of length, and its value: see `js/wasm/src/fields.rs`. */
const FIELD_HEAD = 5;
/** UTF-8 has no more bytes than this for a UTF-16 code unit. */
const BYTES_PER_UNIT = 3;

/** Workers have it from the compatibility date 2025-05-05 on; before, only `free` frees a verifier. */
const abandoned = typeof FinalizationRegistry === "undefined" ? undefined : new FinalizationRegistry<Place>(releaseAt);

/**
 * A verifier in the core, which lives on when its instance is retired: it is made again in the next, from what it was made
 * with. Several may use it; its keys are wiped when the last has let it go.
 */
export class PreparedVerifier {
  #options: CoreOptions | undefined;
  readonly #metadataAuthenticated: boolean;
  readonly #place: Place;
  #users = 1;

  /** @throws A `Failure`, `invalid_config`. */
  constructor(options: CoreOptions) {
    this.#options = options;
    this.#metadataAuthenticated = options.urls !== undefined;
    this.#place = inInstance((core, instance) => ({ instance, verifier: prepare(core, instance, options) }));
    abandoned?.register(this, this.#place, this);
  }

  /** In bytes. */
  get maxBody(): number {
    return this.#in((core, _instance, verifier) => core.maxBody(verifier));
  }

  retain(): this {
    this.#users++;
    return this;
  }

  release(): void {
    this.#users--;
    if (this.#users === 0) {
      abandoned?.unregister(this);
      releaseAt(this.#place);
      this.#options = undefined;
    }
  }

  /** @throws A `Failure`, `body_too_large`. */
  admitLength(bytes: number): void {
    this.#in((core, _instance, verifier) => core.admitLength(verifier, bytes));
  }

  /** @throws A `Failure`. */
  authorize(headers: HeaderFields, now: number): Delivery {
    return this.#in((core, instance, verifier) => {
      core.authorize(verifier, writeHead(core, instance, headers), now);
      return this.#delivery(instance.numbers, text(instance));
    });
  }

  /** @throws A `Failure`. */
  begin(headers: HeaderFields, now: number): Delivery {
    return this.#in((core, instance, verifier) => {
      core.begin(verifier, writeHead(core, instance, headers), now);
      return this.#delivery(instance.numbers, text(instance));
    });
  }

  /**
   * The whole delivery. The body is copied into the instance and out of it with this call.
   *
   * @throws A `Failure`; `unfit` says of it that the delivery is authentic and its payload does not fit.
   */
  check(headers: HeaderFields, body: Uint8Array, now: number): Verified {
    return this.#in((core, instance, verifier) => {
      const head = writeHead(core, instance, headers);
      writeBody(core, instance, body);
      core.check(verifier, head, now);
      return this.#verified(instance.numbers, text(instance));
    });
  }

  #in<T>(call: (core: Core, instance: Instance, verifier: number) => T): T {
    const options = this.#options;
    if (options === undefined) {
      throw new Error("this verifier was released");
    }
    return inInstance((core, instance) => {
      const place = this.#place;
      if (place.instance !== instance) {
        place.verifier = prepare(core, instance, options);
        place.instance = instance;
      }
      return call(core, instance, place.verifier);
    });
  }

  #delivery(numbers: Float64Array, text: string): Delivery {
    const [requestId, event] = [numbers[1]!, numbers[2]!];
    return {
      requestId: text.slice(0, requestId),
      timestamp: numbers[6]!,
      event: text.slice(requestId, requestId + event),
      metadataAuthenticated: this.#metadataAuthenticated,
    };
  }

  #verified(numbers: Float64Array, text: string): Verified {
    const key = text.slice(numbers[1]! + numbers[2]!);
    // The key is the event's name, a colon and the id; the lengths are in bytes, of which the id may have more than units.
    const id = numbers[4]! < 0 ? null : key.slice(key.indexOf(":") + 1);
    return { kind: numbers[5]!, delivery: this.#delivery(numbers, text), id, key };
  }
}

type Core = Parameters<Parameters<typeof inInstance>[0]>[0];

function releaseAt({ instance, verifier }: Place): void {
  // With a retired instance its memory goes.
  if (!instance.isRetired) {
    inInstance((core) => core.release(verifier));
  }
}

function prepare(core: Core, instance: Instance, { secrets, urls, tolerance, maxBody }: CoreOptions): number {
  const head = writeFields(core, instance, secrets.map((secret) => [0, secret] as const));
  return core.prepare(head, { urls, tolerance, maxBody });
}

function writeHead(core: Core, instance: Instance, headers: HeaderFields): number {
  return writeFields(core, instance, headers);
}

/** Writes fields where the core reads them, and gives how many bytes they take. */
function writeFields(core: Core, instance: Instance, fields: HeaderFields): number {
  let most = 0;
  for (const [, value] of fields) {
    most += FIELD_HEAD + BYTES_PER_UNIT * value.length;
  }
  const start = address(core.headRoom(most));
  const bytes = instance.bytes;
  let end = start;
  for (const [tag, value] of fields) {
    const { written } = encoder.encodeInto(value, bytes.subarray(end + FIELD_HEAD, start + most));
    bytes[end] = tag;
    for (let place = 0; place < 4; place++) {
      bytes[end + 1 + place] = written >>> (8 * place);
    }
    end += FIELD_HEAD + written;
  }
  return end - start;
}

function writeBody(core: Core, instance: Instance, body: Uint8Array): void {
  const start = address(core.bodyRoom(body.length));
  instance.bytes.set(body, start);
}

/** The core has no memory left: a fresh instance has. */
function address(pointer: number): number {
  if (pointer === 0) {
    throw new InstanceLost("the WebAssembly instance has no memory left");
  }
  return pointer;
}

function text(instance: Instance): string {
  const { numbers } = instance;
  const start = numbers[0]!;
  return decoder.decode(instance.bytes.subarray(start, start + numbers[1]! + numbers[2]! + numbers[3]!));
}
