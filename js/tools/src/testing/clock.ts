import type { Emulation } from "../emulator/emulation.js";

/** How long a turned clock waits for answers, in milliseconds: an endpoint has 30 s for each of six attempts. */
const LONGEST_WAIT = 180_000;

/** The emulator's clock. It goes with real time, and faster with `speed`. */
export class EmulatorClock {
  readonly #emulation: Emulation;

  /** @internal */
  constructor(emulation: Emulation) {
    this.#emulation = emulation;
  }

  /** What it shows. */
  now(): Date {
    return new Date(this.#emulation.query({ type: "clock" }).nowMilliseconds);
  }

  /**
   * Turns it forward, from due retry to due retry: 4890 s are all five. Returns when every attempt that was due is answered.
   *
   * @param seconds - A whole number.
   * @throws {RuleFault} `closed` as soon as the emulator is closed.
   * @throws {Error} if an endpoint does not answer for three minutes.
   */
  async advance(seconds: number): Promise<void> {
    this.#emulation.driver.run({ type: "advance", seconds });
    if (!(await this.#emulation.isSettled(LONGEST_WAIT))) {
      throw new Error("The clock could not be turned: an endpoint has not answered. Script its answers with answers(...).");
    }
  }

  /** @param speed - A whole number, how many times faster than real time it goes. @throws {RuleFault} `invalid_speed`. */
  setSpeed(speed: number): void {
    this.#emulation.driver.run({ type: "setSpeed", speed });
  }
}
