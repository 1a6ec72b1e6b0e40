/**
 * Fields, the form in which everything but numbers crosses between this package and the core: how many there are, as four
 * bytes, the lowest first; of each a byte that says what it is (its tag) and its value's length in bytes, as four bytes; then
 * all values, one after the other. See `js/wasm/src/fields.rs`.
 */
export type Fields = readonly (readonly [tag: number, value: string])[];

const COUNT = 4;
const ENTRY = 5;
/** UTF-8 has no more bytes than this for a UTF-16 code unit. */
export const BYTES_PER_UNIT = 3;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** In bytes, as much as the fields can take. */
export function mostBytes(fields: Fields): number {
  let most = COUNT;
  for (const [, value] of fields) {
    most += ENTRY + BYTES_PER_UNIT * value.length;
  }
  return most;
}

/** Writes fields, and gives how many bytes they take. */
export function writeFields(fields: Fields, bytes: Uint8Array, start: number): number {
  writeNumber(fields.length, bytes, start);
  const values = start + COUNT + ENTRY * fields.length;
  let text = "";
  for (const [, value] of fields) {
    text += value;
  }
  // One call of the encoder is quicker than one for each value, or a loop over their characters.
  const isAscii = writeText(text, bytes, values) === text.length;
  let entry = start + COUNT;
  let end = values;
  for (const [tag, value] of fields) {
    const length = isAscii ? value.length : writeText(value, bytes, end);
    bytes[entry] = tag;
    writeNumber(length, bytes, entry + 1);
    entry += ENTRY;
    end += length;
  }
  return end - start;
}

/** Into a view no larger than it needs: Node's encoder writes nothing into one of 2 GiB. */
function writeText(text: string, bytes: Uint8Array, start: number): number {
  return encoder.encodeInto(text, bytes.subarray(start, start + BYTES_PER_UNIT * text.length)).written;
}

function writeNumber(number: number, bytes: Uint8Array, start: number): void {
  bytes[start] = number;
  bytes[start + 1] = number >>> 8;
  bytes[start + 2] = number >>> 16;
  bytes[start + 3] = number >>> 24;
}

/** The fields that these bytes are, as the core writes them. */
export function readFields(bytes: Uint8Array): Fields {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = view.getUint32(0, true);
  const fields: [number, string][] = [];
  let end = COUNT + ENTRY * count;
  for (let entry = COUNT; fields.length < count; entry += ENTRY) {
    const start = end;
    end += view.getUint32(entry + 1, true);
    fields.push([view.getUint8(entry), decoder.decode(bytes.subarray(start, end))]);
  }
  return fields;
}

/** The values with this tag. */
export function values(fields: Fields, tag: number): string[] {
  return fields.filter(([its]) => its === tag).map(([, value]) => value);
}
