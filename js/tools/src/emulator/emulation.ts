import { randomBytes } from "node:crypto";
import { EmulatorMachine, type Answers, type Command, type Limits, type Query, type Reply } from "../emulator-machine.js";
import { Driver, type Deliver } from "./driver.js";
import { until } from "../local/until.js";

/** How soon the state is kept after a change that nobody waits for, in milliseconds. */
const KEPT_AFTER = 500;

/** How an emulator is set up. What Docutray's documentation leaves open is a setting. */
export interface EmulationSettings {
  /** 64 hexadecimal digits, from which secrets and ids follow. Random without it. */
  readonly seed?: string | undefined;
  /** How many times faster than real time its clock goes: a whole number, 1 to 1,000,000. Default: 1. */
  readonly speed?: number | undefined;
  /** Whether a retry has a request id and a timestamp of its own. Default: `new`. */
  readonly retryHeaders?: "new" | "same" | undefined;
  /** What `error` is in a failed event. Default: `string`. */
  readonly failedError?: "string" | "object" | "none" | undefined;
  /** Whether a URL with `http:` may be on another machine. Default: false. */
  readonly allowRemote?: boolean | undefined;
  /** How much history is kept. Default: 500 deliveries, 64 MiB. */
  readonly limits?: Limits | undefined;
}

/** Where the state is kept. */
export interface Keeping {
  /** The state to go on from, if there is one. */
  readonly state: string | undefined;
  save(state: () => string): Promise<void>;
  /** A save that nobody waits for has failed. */
  failed(error: unknown): void;
}

/** The emulator of the command, of its API and of tests: the state machine, its driver, and where its state is kept. */
export class Emulation {
  readonly driver: Driver;
  readonly #keeping: Keeping | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @throws {RuleFault} if the settings or the kept state cannot be. */
  constructor({ seed = randomBytes(32).toString("hex"), ...settings }: EmulationSettings, deliver: Deliver, keeping?: Keeping) {
    const state = keeping?.state;
    const machine = new EmulatorMachine({ seed, nowMilliseconds: Date.now(), ...settings, ...(state !== undefined && { state }) });
    this.driver = new Driver(machine, deliver);
    this.#keeping = keeping;
    if (keeping !== undefined) {
      this.driver.onChanged((_, save) => save && this.#keepSoon(keeping));
    }
  }

  /** Gives a command, and returns its reply when the state is kept. */
  async run<Type extends Command["type"]>(command: Command & { readonly type: Type }): Promise<Reply<Type>> {
    const reply = this.driver.run<Type>(command);
    await this.keep();
    return reply;
  }

  /** What the emulator shows now. */
  query<Type extends Query["type"]>(query: Query & { readonly type: Type }): Answers[Type] {
    if (query.type === "clock") {
      this.driver.run({ type: "tick" });
    }
    return this.driver.query<Type>(query);
  }

  /** Returns when the state is kept. */
  async keep(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#keeping?.save(() => this.driver.save());
  }

  /**
   * Waits until something is found, looking again after each change. Gives undefined after the time.
   *
   * @throws {RuleFault} `closed` as soon as the emulator is closed, and what `find` throws.
   * @throws the signal's reason if it is aborted.
   */
  async until<Found>(find: () => Found | undefined, milliseconds: number, signal?: AbortSignal): Promise<Found | undefined> {
    return await until(this.driver, find, milliseconds, this.driver.closing, ...(signal === undefined ? [] : [signal]));
  }

  /** Waits until the clock has been turned as far as it was to be, and no attempt is under way. Returns whether that is so. */
  async isSettled(milliseconds: number, signal?: AbortSignal): Promise<boolean> {
    const isSettled = () =>
      this.driver.query({ type: "clock" }).advancingMilliseconds === 0 &&
      this.driver.query({ type: "deliveries", state: "sending", limit: 0, summary: true }).matching === 0;
    return (await this.until(() => isSettled() || undefined, milliseconds, signal)) ?? false;
  }

  /** Ends what is under way, and keeps the state. */
  async close(): Promise<void> {
    this.driver.stop();
    try {
      await this.keep();
    } finally {
      this.driver.close();
    }
  }

  #keepSoon(keeping: Keeping): void {
    this.#timer ??= setTimeout(() => this.keep().catch((error) => keeping.failed(error)), KEPT_AFTER).unref();
  }
}
