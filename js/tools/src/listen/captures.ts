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
  /** From the oldest to the newest. */
  readonly #captures = new Map<string, Capture>();
  /** The newest capture of each event. */
  readonly #byKey = new Map<string, string>();
  readonly #listeners = new Set<(capture: Capture) => void>();
  #bytes = 0;
  #last = 0;
  #dropped = 0;

  constructor(kept: Kept) {
    this.#kept = kept;
  }

  get dropped(): number {
    return this.#dropped;
  }

  /** Gives the capture its id, and the capture that it repeats. */
  add(came: Omit<Capture, "id" | "repeats">): Capture {
    const key = came.explanation.key;
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
    for (const capture of this.#newestFirst()) {
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

  latestAnswered(filter: Filter): Capture | undefined {
    return this.#newestFirst().find((capture) => capture.answer !== undefined && fits(capture, filter));
  }

  /** Calls the listener after each change, with the capture. Returns what ends that. */
  onChanged(listener: (capture: Capture) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #newestFirst(): Capture[] {
    return [...this.#captures.values()].reverse();
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
    for (const listener of [...this.#listeners]) {
      listener(capture);
    }
  }

  #drop(capture: Capture): void {
    this.#captures.delete(capture.id);
    this.#bytes -= size(capture);
    this.#dropped += 1;
    const key = capture.explanation.key;
    if (key !== undefined && this.#byKey.get(key) === capture.id) {
      this.#byKey.delete(key);
    }
  }
}

function size({ target, headers, body, answer }: Capture): number {
  const fields = answer !== undefined && "status" in answer ? [...headers, ...answer.headers] : headers;
  const texts = [target, ...fields.flat(), textOf(body), answer !== undefined && "status" in answer ? textOf(answer.body) : ""];
  return texts.reduce((sum, text) => sum + text.length, OVERHEAD);
}

function textOf(bytes: Capture["body"]): string {
  return "text" in bytes ? bytes.text : bytes.base64;
}
