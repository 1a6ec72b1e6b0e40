/** In bytes. Allocating an array takes longer than copying a small body, so small copies share a block, as in Node's pool. */
const SMALL = 2 * 1024;
const BLOCK = 8 * 1024;

let block = new Uint8Array(0);
let used = 0;

/** Copies bytes. Keep the copy internal, because its buffer may contain other bodies. */
export function copied(bytes: Uint8Array): Uint8Array {
  if (bytes.length > SMALL) {
    return bytes.slice();
  }
  if (bytes.length > block.length - used) {
    block = new Uint8Array(BLOCK);
    used = 0;
  }
  const copy = block.subarray(used, used + bytes.length);
  copy.set(bytes);
  used += bytes.length;
  return copy;
}
