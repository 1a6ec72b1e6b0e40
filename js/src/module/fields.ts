/**
 * Fields, the form in which everything but numbers crosses between this package and the core: a byte that says what the
 * field is (its tag), its length as four bytes, the lowest first, and its bytes. See `js/wasm/src/fields.rs`.
 */
export type Fields = readonly (readonly [tag: number, value: string])[];

const HEAD = 5;
/** UTF-8 has no more bytes than this for a UTF-16 code unit. */
export const BYTES_PER_UNIT = 3;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** In bytes, as much as the fields can take. */
export function mostBytes(fields: Fields): number {
  let most = 0;
  for (const [, value] of fields) {
    most += HEAD + BYTES_PER_UNIT * value.length;
  }
  return most;
}

/** Writes fields, and gives how many bytes they take. */
export function writeFields(fields: Fields, bytes: Uint8Array, start: number): number {
  let end = start;
  for (const [tag, value] of fields) {
    const length = writeText(value, bytes, end + HEAD);
    bytes[end] = tag;
    bytes[end + 1] = length;
    bytes[end + 2] = length >>> 8;
    bytes[end + 3] = length >>> 16;
    bytes[end + 4] = length >>> 24;
    end += HEAD + length;
  }
  return end - start;
}

/** Byte by byte as long as it is ASCII, as headers are: for what is short a call of the host's encoder takes longer. */
function writeText(text: string, bytes: Uint8Array, start: number): number {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) {
      return encoder.encodeInto(text, bytes.subarray(start)).written;
    }
    bytes[start + index] = unit;
  }
  return text.length;
}

/** The fields that these bytes are, as the core writes them. */
export function readFields(bytes: Uint8Array): Fields {
  const fields: [number, string][] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let start = 0; start < bytes.length; ) {
    const value = start + HEAD;
    const end = value + view.getUint32(start + 1, true);
    fields.push([bytes[start]!, decoder.decode(bytes.subarray(value, end))]);
    start = end;
  }
  return fields;
}

/** The values with this tag. */
export function values(fields: Fields, tag: number): string[] {
  return fields.filter(([its]) => its === tag).map(([, value]) => value);
}
