/** The exit codes of all commands. */
export const EXIT = {
  fine: 0,
  /** What was checked is bad: a verdict, a diagnosis, an answer that is no 2xx. */
  bad: 1,
  usage: 2,
  /** No connection, or the port is taken. */
  unreachable: 3,
  interrupted: 130,
} as const;

export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command. The message is for the person who called it. */
export class CommandError extends Error {
  readonly exit: Exit;

  constructor(exit: Exit, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "CommandError";
    this.exit = exit;
  }
}

/** A command was called in a way that cannot be. */
export function misused(message: string): CommandError {
  return new CommandError(EXIT.usage, message);
}
