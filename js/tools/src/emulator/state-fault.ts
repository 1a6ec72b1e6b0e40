/** The state file cannot be used. */
export class StateFault extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "StateFault";
  }
}
