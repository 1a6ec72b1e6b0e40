/** Describes the type of a value for an error's message, without its content. */
export function valueKind(value: unknown): string {
  if (value === null || value === undefined) {
    return String(value);
  }
  if (typeof value !== "object") {
    return `a ${typeof value}`;
  }
  // Read from the prototype, since a parsed payload may have its own `constructor`.
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === "string" && name !== "" ? article(name) : "an object";
}

function article(name: string): string {
  return /^[AEIO]/.test(name) ? `an ${name}` : `a ${name}`;
}
