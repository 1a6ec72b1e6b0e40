import * as bindings from "../generated/bindings.js";
import { version } from "../generated/version.js";
import { Failure } from "./failure.js";
import { BYTES_PER_UNIT, mostBytes, readFields, values, writeFields, type Fields } from "./fields.js";
import { forbidden } from "./forbidden.js";
import { decoder, encoder } from "../utf8.js";

/**
 * In bytes. An instance whose memory has grown beyond this is replaced after the call, since WebAssembly memory never shrinks.
 * A body of the default limit stays below it.
 */
const MOST_MEMORY = 64 * 1024 * 1024;

/** The indices of the core's numbers, and the tags of the names. `js/wasm/src/lib.rs` documents them. */
const [BYTES, LENGTH, REQUEST_ID, EVENT, KEY, ID, KIND, TIMESTAMP, BUFFER, ROOM] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
const NUMBERS = 10;
const [VERSION, HEADER, EVENT_NAME] = [0, 1, 2] as const;

/** The core's functions. */
export type Core = typeof bindings;

/** The names that both sides know by their indices. */
export interface Names {
  /** The names of the headers that the core checks, in lower case. */
  readonly headers: readonly string[];
  /** The events' names, the last of which is `"UNKNOWN"`. */
  readonly events: readonly string[];
}

/** The core's verdict on a valid delivery. Without a body it has no key, id and type. */
export interface CheckedDelivery {
  readonly requestId: string;
  readonly event: string;
  readonly timestamp: number;
  readonly key: string;
  readonly id: string | null;
  readonly type: string;
}

/**
 * The WebAssembly instance could not be made, or ended during a call because its memory or stack was used up. The next call gets
 * a new one. The same delivery may pass then, so it is answered 503 and not refused.
 */
export class InstanceLost extends Error {
  static {
    Object.defineProperty(this.prototype, "name", { value: "InstanceLost", configurable: true, writable: true });
  }
}

/**
 * An instance of the core, with the buffer for a call's input and the numbers and bytes of its result.
 *
 * The address and the size of the buffer are not remembered here. The core tells both in its numbers after every call.
 */
export class Instance {
  readonly names: Names;
  readonly #memory: WebAssembly.Memory;
  /** The address of the numbers, which never changes. */
  readonly #address: number;
  #bytes!: Uint8Array<ArrayBuffer>;
  #numbers!: Float64Array<ArrayBuffer>;
  #isRetired = false;

  /** @throws The host's error about the module or the memory. */
  constructor(module: WebAssembly.Module) {
    const { exports } = new WebAssembly.Instance(module);
    bindings.__wbg_set_wasm(exports);
    this.#memory = exports["memory"] as WebAssembly.Memory;
    this.#address = bindings.numbers();
    this.#view();
    bindings.names();
    const names = this.fields();
    if (values(names, VERSION)[0] !== version) {
      throw new Error(`the module's version is ${values(names, VERSION)[0]}, not ${version}`);
    }
    this.names = { headers: values(names, HEADER), events: values(names, EVENT_NAME) };
  }

  get isRetired(): boolean {
    return this.#isRetired;
  }

  get isTooLarge(): boolean {
    this.#renew();
    return this.#bytes.length > MOST_MEMORY;
  }

  /**
   * Writes fields to the start of the buffer and returns how many bytes they take.
   *
   * @throws {@link InstanceLost}.
   */
  write(fields: Fields): number {
    this.#need(mostBytes(fields));
    return writeFields(fields, this.#bytes, this.#numbers[BUFFER]!);
  }

  /**
   * Writes a body after this many bytes and returns how many bytes it takes.
   *
   * @throws {@link InstanceLost}.
   */
  writeBehind(head: number, body: string | Uint8Array): number {
    this.#renew();
    const start = this.#numbers[BUFFER]! + head;
    const end = this.#numbers[BUFFER]! + this.#numbers[ROOM]!;
    if (typeof body === "string") {
      if (start + BYTES_PER_UNIT * body.length <= end) {
        return encoder.encodeInto(body, this.#bytes.subarray(start, end)).written;
      }
      body = encoder.encode(body);
    }
    this.#need(head + body.length);
    this.#bytes.set(body, this.#numbers[BUFFER]! + head);
    return body.length;
  }

  /** Returns a view of the written body, which is valid until the next call. */
  body(head: number, length: number): Uint8Array {
    const start = this.#numbers[BUFFER]! + head;
    return this.#bytes.subarray(start, start + length);
  }

  /** Returns the last call's result as fields. */
  fields(): Fields {
    return readFields(this.#told());
  }

  /** Returns the last call's result as a verdict. */
  checked(): CheckedDelivery {
    const text = decoder.decode(this.#told());
    const numbers = this.#numbers;
    const requestId = numbers[REQUEST_ID]!;
    const event = requestId + numbers[EVENT]!;
    const key = text.slice(event);
    return {
      requestId: text.slice(0, requestId),
      event: text.slice(requestId, event),
      timestamp: numbers[TIMESTAMP]!,
      key,
      // The id is the end of the key. What is before it is ASCII, so its length in bytes is its length in code units, too.
      id: numbers[ID]! < 0 ? null : key.slice(numbers[KEY]! - numbers[ID]!),
      type: this.names.events[numbers[KIND]!]!,
    };
  }

  /** Returns the failure that the last call told. */
  failure(): Failure {
    return new Failure(this.fields());
  }

  /** Marks the instance as unusable. */
  retire(): void {
    this.#isRetired = true;
  }

  #told(): Uint8Array<ArrayBuffer> {
    this.#renew();
    const start = this.#numbers[BYTES]!;
    return this.#bytes.subarray(start, start + this.#numbers[LENGTH]!);
  }

  #need(bytes: number): void {
    this.#renew();
    if (this.#numbers[ROOM]! >= bytes) {
      return;
    }
    bindings.room(bytes);
    this.#renew();
    if (this.#numbers[ROOM]! < bytes) {
      throw new InstanceLost("the WebAssembly instance has no memory left");
    }
  }

  /** Makes new views if the memory has grown, which detaches the old ones. */
  #renew(): void {
    if (this.#bytes.length === 0) {
      this.#view();
    }
  }

  #view(): void {
    const buffer = this.#memory.buffer as ArrayBuffer;
    this.#bytes = new Uint8Array(buffer);
    this.#numbers = new Float64Array(buffer, this.#address, NUMBERS);
  }
}

let compiled: WebAssembly.Module | undefined;
let live: Instance | undefined;

/**
 * Makes the first instance synchronously and returns what needs it. Later modules are ignored.
 *
 * If the host refuses the memory, the next call of the core tries again and says so.
 *
 * @throws `Error` if it is another module, or if the host forbids WebAssembly.
 */
export function provided<T>(module: WebAssembly.Module, needsIt: T): T {
  if (compiled === undefined) {
    try {
      live = new Instance(module);
    } catch (cause) {
      if (!isOutOfMemory(cause)) {
        const advice = forbidden(cause) ?? "this module is not docutray_webhook.wasm of this version of docutray-webhook";
        throw new Error(advice, { cause });
      }
    }
    compiled = module;
  }
  return needsIt;
}

/**
 * Calls the core in the current instance. A thrown {@link Failure}, or an `Error` about a bug of this package, passes through.
 * Anything else, such as a trap or a stack overflow, may have interrupted the instance in the middle of a change, so the
 * instance is retired.
 *
 * @param call - It must not run the user's code, which could call the core again.
 * @throws {@link InstanceLost}.
 */
export function inInstance<T>(call: (core: Core, instance: Instance) => T): T {
  const instance = current();
  try {
    const result = call(bindings, instance);
    if (instance.isTooLarge) {
      retire(instance);
    }
    return result;
  } catch (thrown) {
    if (isFailure(thrown) || isPlainError(thrown)) {
      if (instance.isTooLarge) {
        retire(instance);
      }
      throw thrown;
    }
    retire(instance);
    throw lost(thrown);
  }
}

export function isFailure(thrown: unknown): thrown is Failure {
  return thrown instanceof Failure;
}

/** A trap is a `WebAssembly.RuntimeError`, a stack overflow a `RangeError`. */
function isPlainError(thrown: unknown): boolean {
  return thrown instanceof Error && Object.getPrototypeOf(thrown) === Error.prototype;
}

function current(): Instance {
  if (live !== undefined) {
    return live;
  }
  if (compiled === undefined) {
    throw new Error("docutray-webhook has no module yet: call instantiate of docutray-webhook/module first");
  }
  try {
    return (live = new Instance(compiled));
  } catch (cause) {
    throw isOutOfMemory(cause) ? refused(cause) : lost(cause);
  }
}

function retire(instance: Instance): void {
  instance.retire();
  if (live === instance) {
    live = undefined;
  }
}

/** V8 and JavaScriptCore throw a `RangeError`, which may come from another realm. Other engines may throw any value. */
function isOutOfMemory(cause: unknown): boolean {
  return /^RangeError|out of memory/i.test(String(cause));
}

function refused(cause: unknown): InstanceLost {
  const advice =
    "give the process more memory. Under a limit on address space (ulimit -v, RLIMIT_AS) Node needs more of it than it uses: " +
    "lift that limit, or start Node with --disable-wasm-trap-handler";
  return new InstanceLost(`the host refused the memory for the WebAssembly instance of docutray-webhook: ${advice}`, { cause });
}

function lost(cause: unknown): InstanceLost {
  const forbids = forbidden(cause);
  if (forbids !== undefined) {
    return new InstanceLost(forbids, { cause });
  }
  const advice = "the next call gets a new one; if this happens again and again, give the process more memory, or accept only smaller bodies (maxBody)";
  return new InstanceLost(`the WebAssembly instance of docutray-webhook ended during a call: ${advice}`, { cause });
}
