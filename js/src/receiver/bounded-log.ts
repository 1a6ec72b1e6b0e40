import { LOG_PAUSE } from "../generated/limits.js";
import type { ErrorContextCode, Report } from "./report.js";
import { monotonic } from "./time.js";

interface Told {
  readonly at: number;
  /** How many lines were left out since then. */
  readonly untold: number;
}

/**
 * Logs lines that any sender can cause: at most one a minute for each code or fault, with the number of those in between. These are
 * our own, so there are few. The lines contain only our own words.
 */
export class BoundedLog {
  readonly #told = new Map<string, Told>();

  /** @param clock - Returns seconds by a monotonic clock. */
  constructor(
    private readonly report: Report,
    private readonly clock: () => number = monotonic,
  ) {}

  /** Logs a fault of a request. */
  warn(code: string, what: string, ...reason: unknown[]): void {
    this.#tell(code, (line) => this.report.warn(line, ...reason), what);
  }

  /** Logs a fault of this receiver. Two faults of one code differ in `what`, a constant text, and neither keeps the other from the log. */
  error(code: ErrorContextCode, what: string, ...reason: unknown[]): void {
    this.#tell(what, (line) => this.report.error(code, line, {}, ...reason), what);
  }

  /** Logs a line that says more than others of its code, which do not keep it from the log. Its caller makes few of them. */
  explain(code: string, what: string): void {
    this.#tell(code, (line) => this.report.warn(line), what, true);
  }

  #tell(about: string, write: (line: string) => void, what: string, isDue = false): void {
    const now = this.clock();
    const last = this.#told.get(about);
    if (!isDue && last !== undefined && now - last.at < LOG_PAUSE) {
      this.#told.set(about, { at: last.at, untold: last.untold + 1 });
      return;
    }
    this.#told.set(about, { at: now, untold: 0 });
    const others = last?.untold ? ` (${last.untold} more like it since the last line)` : "";
    write(what + others);
  }
}
