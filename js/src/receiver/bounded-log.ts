import { LOG_PAUSE } from "../generated/limits.js";
import { say } from "./report.js";
import { monotonic } from "./time.js";

interface Told {
  readonly at: number;
  /** Since that line. */
  readonly untold: number;
}

/**
 * Lines that anybody can cause with a request: once a minute for each code, with how many there were meanwhile. The
 * codes are ours, so there are few. What is told is in our words alone.
 */
export class BoundedLog {
  readonly #told = new Map<string, Told>();

  /** @param clock - Seconds on a clock that never jumps. */
  constructor(private readonly clock: () => number = monotonic) {}

  /** What a request lacked, which is its sender's concern first. */
  warn(code: string, what: string, ...reason: unknown[]): void {
    this.#tell(code, (line) => say("warn", line, ...reason), what);
  }

  /** What this receiver lacked. */
  error(code: string, what: string, ...reason: unknown[]): void {
    this.#tell(code, (line) => say("error", line, ...reason), what);
  }

  #tell(code: string, write: (line: string) => void, what: string): void {
    const now = this.clock();
    const last = this.#told.get(code);
    if (last !== undefined && now - last.at < LOG_PAUSE) {
      this.#told.set(code, { at: last.at, untold: last.untold + 1 });
      return;
    }
    this.#told.set(code, { at: now, untold: 0 });
    const others = last?.untold ? ` (${last.untold} more like it since the last line)` : "";
    write(`docutray-webhook: ${what}${others}`);
  }
}
