/** How many characters are escapes: the last ones. An infrequent byte is written as an escape and another character. */
const ESCAPES = 2;
/** Printable ASCII, without the characters that a script's string must escape, and without `<`, which could end the script. */
const CHARACTERS = Array.from({ length: 95 }, (_, index) => 32 + index).filter((code) => !`"<\\`.includes(String.fromCharCode(code)));

/**
 * Decodes a module from text. A frequent byte is one character, any other byte an escape and a character. Compressed, such a
 * text is as small as the module; base64 would hide repetitions from the compressor. `xtask/src/build/module_text.rs` writes it.
 *
 * @param frequent - The bytes that are one character each, in the order of the characters.
 */
export function fromModuleText(text: string, frequent: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = [...new Set([...frequent, ...Array(256).keys()])];
  const single = CHARACTERS.length - ESCAPES;
  const places = new Uint8Array(128);
  CHARACTERS.forEach((code, place) => (places[code] = place));
  // Decodes in place: a byte is never written after its character. Arrays of bytes make this fast even though it runs once.
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
