/** Tells what a handler or a store threw, which nobody else would. */
export function report(what: string, error: unknown): void {
  say("error", `docutray-webhook: ${what}`, error);
}

/** Writes a line. A console may be the application's own, and what it throws must not cost a sender its answer. */
export function say(level: "error" | "warn", ...words: readonly unknown[]): void {
  try {
    console[level](...words);
  } catch {
    // Nobody is left to be told.
  }
}
