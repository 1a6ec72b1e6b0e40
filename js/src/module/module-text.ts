/** What a byte that is not frequent begins with: the last two of the characters. */
const ESCAPES = 2;
/** Printable ASCII without what a string in a script has to escape, and without `<`, which could end the script. */
const CHARACTERS = Array.from({ length: 95 }, (_, index) => 32 + index).filter((code) => !`"<\\`.includes(String.fromCharCode(code)));

/**
 * The bytes that a module's text stands for: a frequent byte is one character, any other an escape and a character. Compressed,
 * such a text is as small as the module: base64 would hide from the compressor what repeats. `xtask/src/build/module_text.rs` writes it.
 *
 * @param frequent - The bytes that are one character, in the order of the characters.
 */
export function fromModuleText(text: string, frequent: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = [...new Set([...frequent, ...Array(256).keys()])];
  const single = CHARACTERS.length - ESCAPES;
  const places = new Uint8Array(128);
  CHARACTERS.forEach((code, place) => (places[code] = place));
  // Each byte is written where its character was, or before. This runs once, so it is quick only in arrays of bytes.
  const module = new TextEncoder().encode(text);
  let end = 0;
  for (let index = 0; index < module.length; index++) {
    let place = places[module[index]!]!;
    if (place >= single) {
      place = single + (place - single) * CHARACTERS.length + places[module[++index]!]!;
    }
    module[end++] = bytes[place]!;
  }
  return module.slice(0, end);
}
