import { copied } from "./copied.js";
import type { Delivery } from "./delivery.js";
import type { HeaderFields } from "./headers.js";
import { values } from "./module/fields.js";
import { inInstance, type CheckedDelivery, type Core, type Instance } from "./module/instance.js";

/** The options of a verifier, each of the right type. */
export interface CoreOptions {
  readonly secrets: readonly string[];
  readonly urls: readonly string[] | undefined;
  readonly tolerance: number | undefined;
  readonly maxBody: number | undefined;
}

/** The core's verdict on a whole delivery. */
export interface Verified {
  readonly type: string;
  readonly delivery: Delivery;
  readonly id: string | null;
  readonly key: string;
  /** The body: text, or bytes that nobody else can change. */
  readonly body: string | Uint8Array;
}

/** A verifier's instance, and its number there. */
interface Place {
  instance: Instance;
  verifier: number;
}

/** In bytes or UTF-16 code units. A larger body is copied only after its headers have passed and its length is admitted. */
const COPIED_UNSEEN = 64 * 1024;

/** The tags of the options that are text. `js/wasm/src/options.rs` has the same. */
const [SECRET, URL] = [0, 1] as const;
/** The tag of a hint. */
const HINT = 0;

/** Workers have `FinalizationRegistry` from the compatibility date 2025-05-05. Before, only `free` frees a verifier. */
const abandoned = typeof FinalizationRegistry === "undefined" ? undefined : new FinalizationRegistry<Place>(releaseAt);

/**
 * A verifier in the core. When its instance is retired, it is made again in the next instance from its options. Several objects
 * may use it. Its keys are wiped when the last of them has released it.
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

  /** What looks like a mistake in the secrets: sentences for the operator, without any of them. */
  get secretHints(): readonly string[] {
    return this.#in((core, instance, verifier) => {
      core.secretHints(verifier);
      return values(instance.fields(), HINT);
    });
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
    this.#in((core, instance, verifier) => passed(core.admitLength(verifier, bytes), instance));
  }

  /** @throws A `Failure`. */
  authorize(headers: HeaderFields, now: number): Delivery {
    return this.#in((core, instance, verifier) => {
      const head = instance.write(headers);
      passed(core.authorize(verifier, head, now), instance);
      return this.#delivery(instance.checked());
    });
  }

  /**
   * Verifies the metadata of a delivery whose body is still to come.
   *
   * @throws A `Failure`.
   */
  begin(headers: HeaderFields, now: number): Delivery {
    return this.#in((core, instance, verifier) => {
      const head = instance.write(headers);
      passed(core.begin(verifier, head, 0, now), instance);
      return this.#delivery(instance.checked());
    });
  }

  /**
   * Verifies a whole delivery, with one call of the core, or with two if the body is large.
   *
   * @param isCallers - Whether the caller can change the body. If so, a copy is verified.
   * @throws A `Failure`. Its `unfit` says whether the delivery is authentic and only its payload does not fit.
   */
  check(headers: HeaderFields, body: string | Uint8Array, now: number, isCallers: boolean): Verified {
    return this.#in((core, instance, verifier) => {
      const head = instance.write(headers);
      if (body.length > COPIED_UNSEEN) {
        // UTF-8 needs at least as many bytes as a string has code units.
        passed(core.begin(verifier, head, body.length, now), instance);
      }
      const length = instance.writeBehind(head, body);
      // Copied before the check, which shrinks the buffer to its usual size.
      const verified = isCallers && typeof body !== "string" ? copied(instance.body(head, length)) : body;
      passed(core.check(verifier, head, length, now), instance);
      const checked = instance.checked();
      return { type: checked.type, delivery: this.#delivery(checked), id: checked.id, key: checked.key, body: verified };
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

  #delivery({ requestId, timestamp, event }: CheckedDelivery): Delivery {
    return { requestId, timestamp, event, metadataAuthenticated: this.#metadataAuthenticated };
  }
}

function releaseAt({ instance, verifier }: Place): void {
  // A retired instance's memory is freed as a whole.
  if (!instance.isRetired) {
    inInstance((core) => core.release(verifier));
  }
}

function prepare(core: Core, instance: Instance, { secrets, urls, tolerance, maxBody }: CoreOptions): number {
  const fields = instance.write([
    ...secrets.map((secret) => [SECRET, secret] as const),
    ...(urls ?? []).map((url) => [URL, url] as const),
  ]);
  const verifier = core.prepare(fields, urls !== undefined, tolerance, maxBody);
  if (verifier === undefined) {
    throw instance.failure();
  }
  return verifier;
}

function passed(hasPassed: boolean, instance: Instance): void {
  if (!hasPassed) {
    throw instance.failure();
  }
}
