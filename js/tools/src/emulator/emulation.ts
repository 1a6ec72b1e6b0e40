import { randomBytes } from "node:crypto";
import { EmulatorMachine } from "../emulator-machine.js";
import { Driver, type Command, type Deliver } from "./driver.js";
import { until } from "./until.js";

/** How soon the state is kept after a change that nobody waits for, in milliseconds. */
const KEPT_AFTER = 500;

/** What Docutray leaves open, and how fast time goes. */
export interface EmulationSettings {
  /** How many times faster than real time the emulator's clock goes. */
  readonly speed?: number;
  /** Whether a retry has a request id and a date of its own. */
  readonly retryHeaders?: "new" | "same";
  /** What `error` is in the payload of a failed event. */
  readonly failedError?: "string" | "object" | "none";
  /** Whether a URL with `http:` may be on another machine. */
  readonly allowRemote?: boolean;
  /** 64 hexadecimal digits from which secrets and ids follow. Random without it. */
  readonly seed?: string;
  /** How much history is kept. */
  readonly limits?: { readonly deliveries: number; readonly bytes: number };
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
  async run(command: Command): Promise<unknown> {
    const reply = this.driver.run(command);
    await this.keep();
    return reply ?? {};
  }

  query(query: Command): unknown {
    return this.driver.query(query);
  }

  /** Returns when the state is kept. */
  async keep(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#keeping?.save(() => this.driver.save());
  }

  /** Waits until something is found, looking again after each change. Gives undefined after the time. */
  async until<Found>(find: () => Found | undefined, milliseconds: number, signal?: AbortSignal): Promise<Found | undefined> {
    return await until(this.driver, find, milliseconds, signal);
  }

  /** Waits until the clock has been turned as far as it was to be. Returns whether it has. */
  async isTurned(milliseconds: number, signal?: AbortSignal): Promise<boolean> {
    const find = () => ((this.query({ type: "clock" }) as { readonly toAdvance: number }).toAdvance === 0 ? true : undefined);
    return (await this.until(find, milliseconds, signal)) ?? false;
  }

  /** Ends what is under way, and keeps the state. */
  async close(): Promise<void> {
    this.driver.close();
    await this.keep();
  }

  #keepSoon(keeping: Keeping): void {
    this.#timer ??= setTimeout(() => this.keep().catch((error) => keeping.failed(error)), KEPT_AFTER).unref();
  }
}
