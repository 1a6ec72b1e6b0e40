import * as bindings from "../generated/bindings.js";

/**
 * In bytes. An instance whose memory has grown beyond this is replaced after the call, since WebAssembly never gives memory
 * back. A body of the default limit stays below it.
 */
const MOST_MEMORY = 64 * 1024 * 1024;

/** What the core throws for a verdict: a plain object. */
export type Failure = bindings.Failure;

/**
 * The WebAssembly instance ended in the middle of a call, or could not be made: its memory was used up, or its stack. The
 * next call gets a fresh one. The same delivery may pass then, so it is answered with 503 and not refused.
 */
export class InstanceLost extends Error {
  static {
    Object.defineProperty(this.prototype, "name", { value: "InstanceLost", configurable: true, writable: true });
  }
}

/** One instance of the core, as far as the package's own code needs it. */
export class Instance {
  readonly #memory: WebAssembly.Memory;
  #bytes: Uint8Array<ArrayBuffer>;
  #numbers: Float64Array<ArrayBuffer>;
  #isRetired = false;

  /** @throws What the host has against the module, or against the memory. */
  constructor(module: WebAssembly.Module) {
    const { exports } = new WebAssembly.Instance(module, {
      "./docutray_webhook_bg.js": bindings as unknown as WebAssembly.ModuleImports,
    });
    bindings.__wbg_set_wasm(exports);
    (exports["__wbindgen_start"] as () => void)();
    this.#memory = exports["memory"] as WebAssembly.Memory;
    this.#bytes = new Uint8Array(this.#memory.buffer as ArrayBuffer);
    this.#numbers = this.#verdict();
  }

  get isRetired(): boolean {
    return this.#isRetired;
  }

  get isTooLarge(): boolean {
    return this.#memory.buffer.byteLength > MOST_MEMORY;
  }

  /** The memory, in a view that is renewed when the memory has grown. */
  get bytes(): Uint8Array<ArrayBuffer> {
    this.#renew();
    return this.#bytes;
  }

  /** The numbers of the last verdict. */
  get numbers(): Float64Array<ArrayBuffer> {
    this.#renew();
    return this.#numbers;
  }

  /**
   * Ends its use. The bindings keep views of the memory and look whether they are of no length, as they are when the memory
   * has grown: growing it by nothing makes them so.
   */
  retire(): void {
    this.#isRetired = true;
    this.#memory.grow(0);
  }

  #renew(): void {
    if (this.#bytes.length === 0) {
      this.#bytes = new Uint8Array(this.#memory.buffer as ArrayBuffer);
      this.#numbers = this.#verdict();
    }
  }

  #verdict(): Float64Array<ArrayBuffer> {
    return new Float64Array(this.#bytes.buffer, bindings.verdict(), 7);
  }
}

let compiled: WebAssembly.Module | undefined;
let live: Instance | undefined;

/** Makes the first instance, synchronously. The first module stays. */
export function provide(module: WebAssembly.Module): void {
  if (live !== undefined) {
    return;
  }
  try {
    live = new Instance(module);
  } catch (cause) {
    if (cause instanceof RangeError) {
      throw new InstanceLost("the host has no memory for the WebAssembly instance of docutray-webhook", { cause });
    }
    // The bindings fit one module: the names that it imports are those of this very build.
    throw new Error("this module is not docutray_webhook.wasm of this version of docutray-webhook", { cause });
  }
  compiled = module;
}

/**
 * Calls the core in the live instance. What the core itself throws is a {@link Failure} or, for a mistake of this package,
 * an `Error`; anything else (a trap, a stack used up) has left the instance in the middle of something, so that it is
 * retired.
 *
 * @param call - It must not run any code of the caller's, which might call the core again.
 * @throws {@link InstanceLost}.
 */
export function inInstance<T>(call: (core: typeof bindings, instance: Instance) => T): T {
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
  const isPlain = typeof thrown === "object" && thrown !== null && !(thrown instanceof Error);
  return isPlain && "code" in thrown && "status" in thrown;
}

/** A trap is a `WebAssembly.RuntimeError`, a stack that is used up a `RangeError`. */
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
    throw lost(cause);
  }
}

function retire(instance: Instance): void {
  instance.retire();
  if (live === instance) {
    live = undefined;
  }
}

function lost(cause: unknown): InstanceLost {
  const advice = "the next call gets another; if this goes on, give the process more memory, or take smaller bodies (maxBody)";
  return new InstanceLost(`the WebAssembly instance of docutray-webhook ended in the middle of a call: ${advice}`, { cause });
}
