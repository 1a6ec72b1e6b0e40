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
  const places: number[] = [];
  CHARACTERS.forEach((code, place) => (places[code] = place));
  const single = CHARACTERS.length - ESCAPES;
  const module = new Uint8Array(text.length);
  let end = 0;
  for (let index = 0; index < text.length; index++) {
    let place = places[text.charCodeAt(index)]!;
    if (place >= single) {
      place = single + (place - single) * CHARACTERS.length + places[text.charCodeAt(++index)]!;
    }
    module[end++] = bytes[place]!;
  }
  return module.slice(0, end);
}
