import type { Capture } from "../wire.js";
import { fits, type Filter } from "./filter.js";

/** How many captures are kept, and how many bytes of them. */
export interface Kept {
  readonly captures: number;
  readonly bytes: number;
}

/** What each capture takes beside its texts, about. */
const OVERHEAD = 2_048;

/** The newest captures, bounded by their number and their bytes. The newest one is kept whatever its size. */
export class Captures {
  readonly #kept: Kept;
  readonly #changed: (capture: Capture) => void;
  /** From the oldest to the newest. */
  readonly #captures = new Map<string, Capture>();
  /** The newest capture of each event. */
  readonly #byKey = new Map<string, string>();
  readonly #waiting = new Set<(capture: Capture) => void>();
  #bytes = 0;
  #last = 0;
  #dropped = 0;

  constructor(kept: Kept, changed: (capture: Capture) => void) {
    this.#kept = kept;
    this.#changed = changed;
  }

  get dropped(): number {
    return this.#dropped;
  }

  /** Gives the capture its id, and the capture that it repeats. */
  add(came: Omit<Capture, "id" | "repeats">): Capture {
    const key = keyOf(came);
    const repeats = key === undefined ? undefined : this.#byKey.get(key);
    this.#last += 1;
    const capture: Capture = { id: String(this.#last), ...came, ...(repeats !== undefined && { repeats }) };
    if (key !== undefined) {
      this.#byKey.set(key, capture.id);
    }
    this.#set(capture);
    return capture;
  }

  /** Changes nothing if the capture is not kept any more. */
  answered(id: string, result: Pick<Capture, "answeredBy"> & { readonly answer: NonNullable<Capture["answer"]> }): void {
    const capture = this.#captures.get(id);
    if (capture !== undefined) {
      this.#bytes -= size(capture);
      this.#set({ ...capture, ...result });
    }
  }

  get(id: string): Capture | undefined {
    return this.#captures.get(id);
  }

  /** Returns the newest first. */
  list(filter: Filter, limit: number): Capture[] {
    const fitting: Capture[] = [];
    for (const capture of [...this.#captures.values()].reverse()) {
      if (fitting.length === limit) {
        break;
      }
      if (fits(capture, filter)) {
        fitting.push(capture);
      }
    }
    return fitting;
  }

  /** Returns the newest. */
  latest(filter: Filter): Capture | undefined {
    return this.list(filter, 1)[0];
  }

  /** Returns the newest answered capture that fits, or waits for one. Returns nothing if none comes in time, or if the signal is aborted. */
  async wait(filter: Filter, milliseconds: number, signal: AbortSignal): Promise<Capture | undefined> {
    const wanted = (capture: Capture) => capture.answer !== undefined && fits(capture, filter);
    const there = [...this.#captures.values()].reverse().find(wanted);
    if (there !== undefined) {
      return there;
    }
    return new Promise((resolve) => {
      const end = (capture?: Capture) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", none);
        this.#waiting.delete(look);
        resolve(capture);
      };
      const none = () => end();
      const look = (capture: Capture) => {
        if (wanted(capture)) {
          end(capture);
        }
      };
      const timer = setTimeout(none, milliseconds);
      signal.addEventListener("abort", none);
      this.#waiting.add(look);
    });
  }

  #set(capture: Capture): void {
    this.#captures.set(capture.id, capture);
    this.#bytes += size(capture);
    for (const oldest of this.#captures.values()) {
      const isFull = this.#captures.size > this.#kept.captures || this.#bytes > this.#kept.bytes;
      if (!isFull || this.#captures.size === 1) {
        break;
      }
      this.#drop(oldest);
    }
    this.#changed(capture);
    for (const look of [...this.#waiting]) {
      look(capture);
    }
  }

  #drop(capture: Capture): void {
    this.#captures.delete(capture.id);
    this.#bytes -= size(capture);
    this.#dropped += 1;
    const key = keyOf(capture);
    if (key !== undefined && this.#byKey.get(key) === capture.id) {
      this.#byKey.delete(key);
    }
  }
}

/** Only an authentic delivery tells its event. */
function keyOf({ explanation: { verdict, key } }: Pick<Capture, "explanation">): string | undefined {
  return verdict === "refused" ? undefined : key;
}

function size({ target, headers, body, answer }: Capture): number {
  const fields = answer !== undefined && "status" in answer ? [...headers, ...answer.headers] : headers;
  const texts = [target, ...fields.flat(), textOf(body), answer !== undefined && "status" in answer ? textOf(answer.body) : ""];
  return texts.reduce((sum, text) => sum + text.length, OVERHEAD);
}

function textOf(bytes: Capture["body"]): string {
  return "text" in bytes ? bytes.text : bytes.base64;
}
