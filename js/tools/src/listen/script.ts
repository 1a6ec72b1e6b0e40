import type { ScriptedAnswer } from "../wire.js";

/** The most answers that may wait. */
export const MOST_ANSWERS = 1_000;

/** The answers to the next deliveries, in their order. */
export class Script {
  #next: ScriptedAnswer[] = [];

  get length(): number {
    return this.#next.length;
  }

  add(answers: readonly ScriptedAnswer[]): void {
    this.#next.push(...answers);
  }

  /** Takes the next one. */
  take(): ScriptedAnswer | undefined {
    return this.#next.shift();
  }
}
