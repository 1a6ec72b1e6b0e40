/**
 * Takes the lines that are otherwise written to the console. `console`, pino, bunyan, winston, consola, Fastify's `app.log` and
 * NestJS's `Logger` fit as they are.
 *
 * A logger with a method `log`, as the console has, gets `(message, error)`; any other, such as pino, `(error, message)`. A line without
 * an error is one argument, the message.
 */
export interface Logger {
  // Each library declares these methods differently; only `any` fits all.
  warn(...words: any[]): unknown;
  error(...words: any[]): unknown;
}

/** Writes a line. If the logger fails, the sender must still get its answer. */
export function write(logger: Logger, level: "error" | "warn", line: string, ...reason: readonly unknown[]): void {
  try {
    const written = logger[level](...arranged(logger, line, reason));
    if (written instanceof Promise) {
      written.catch(() => {});
    }
  } catch {
    // There is no other place to report it.
  }
}

function arranged(logger: Logger, line: string, reason: readonly unknown[]): readonly unknown[] {
  if (reason.length === 0 || "log" in logger) {
    return [line, ...reason];
  }
  const [error] = reason;
  return [error instanceof Error ? error : { err: error }, line];
}
