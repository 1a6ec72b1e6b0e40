/** Logs an error that a handler or a store has thrown. */
export function report(what: string, error: unknown): void {
  say("error", `docutray-webhook: ${what}`, error);
}

/** Writes a line to the console. If the application's console throws, the sender must still get its answer. */
export function say(level: "error" | "warn", ...words: readonly unknown[]): void {
  try {
    console[level](...words);
  } catch {
    // There is no other place to report it.
  }
}
