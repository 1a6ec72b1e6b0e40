/**
 * Makes a text that came from elsewhere safe to print: control characters, which could move the cursor or change what a terminal does, and
 * characters that turn the direction of a line are shown as `\u001b`. Ends of lines and tabs are kept with `lines`.
 */
export function printable(text: string, { lines = false } = {}): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (character) =>
    lines && (character === "\n" || character === "\t") ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
