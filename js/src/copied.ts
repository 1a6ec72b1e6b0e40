/** In bytes. To make an array takes longer than to copy a small body, so small ones share a block, as Node's own buffers do. */
const SMALL = 2 * 1024;
const BLOCK = 8 * 1024;

let block = new Uint8Array(0);
let used = 0;

/** A copy, not to be handed to anybody: its buffer may hold other bodies. */
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
