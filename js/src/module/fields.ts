import { decoder, encoder } from "../utf8.js";

/**
 * Fields, the form in which everything but numbers passes between this package and the core. They begin with their count, as
 * four bytes in little-endian order. Then each field has an entry: its tag, which is one byte, and the length of its value in
 * bytes, as four bytes. All values follow in the same order. See `js/wasm/src/fields.rs`.
 */
export type Fields = readonly (readonly [tag: number, value: string])[];

const COUNT = 4;
const ENTRY = 5;
/** UTF-8 needs at most this many bytes for a UTF-16 code unit. */
export const BYTES_PER_UNIT = 3;

/** Returns the largest number of bytes that the fields can take. */
export function mostBytes(fields: Fields): number {
  let most = COUNT;
  for (const [, value] of fields) {
    most += ENTRY + BYTES_PER_UNIT * value.length;
  }
  return most;
}

/** Writes fields and returns how many bytes they take. */
export function writeFields(fields: Fields, bytes: Uint8Array, start: number): number {
  writeNumber(fields.length, bytes, start);
  const values = start + COUNT + ENTRY * fields.length;
  let text = "";
  for (const [, value] of fields) {
    text += value;
  }
  // Encoding all values in one call is faster than one call for each value, or than a loop over characters.
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

/** Encodes into a view that is no larger than needed, because Node's encoder writes nothing into a view of 2 GiB. */
function writeText(text: string, bytes: Uint8Array, start: number): number {
  return encoder.encodeInto(text, bytes.subarray(start, start + BYTES_PER_UNIT * text.length)).written;
}

function writeNumber(number: number, bytes: Uint8Array, start: number): void {
  bytes[start] = number;
  bytes[start + 1] = number >>> 8;
  bytes[start + 2] = number >>> 16;
  bytes[start + 3] = number >>> 24;
}

/** Reads fields as the core writes them. */
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

/** Returns the values with this tag. */
export function values(fields: Fields, tag: number): string[] {
  return fields.filter(([its]) => its === tag).map(([, value]) => value);
}
