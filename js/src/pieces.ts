/** In bytes. Smaller chunks are collected in blocks, since each array has an overhead of about 200 bytes. */
const SMALL = 4096;
const FIRST_BLOCK = 256;
const LARGEST_BLOCK = 16 * 1024;

/**
 * Holds copies of an arriving body's bytes. A sender may send one byte at a time, so small chunks are collected. The memory
 * used is at most about twice the received bytes.
 */
export class Pieces {
  /** In bytes. */
  length = 0;
  #whole: Uint8Array[] = [];
  #block = new Uint8Array(0);
  #used = 0;

  add(bytes: Uint8Array): void {
    this.length += bytes.length;
    if (bytes.length >= SMALL) {
      this.#closeBlock();
      this.#whole.push(bytes.slice());
      return;
    }
    if (bytes.length > this.#block.length - this.#used) {
      this.#openBlock(bytes.length);
    }
    this.#block.set(bytes, this.#used);
    this.#used += bytes.length;
  }

  /** Returns all bytes in one array, which the caller owns. */
  joined(): Uint8Array {
    this.#closeBlock();
    const [first, second] = this.#whole;
    const body = first !== undefined && second === undefined ? first : joined(this.#whole, this.length);
    this.#drop();
    return body;
  }

  /** Records that a chunk was left out. No further length is then admitted. */
  spoil(): void {
    this.#drop();
    this.length = Infinity;
  }

  #openBlock(least: number): void {
    const size = Math.min(LARGEST_BLOCK, Math.max(FIRST_BLOCK, 2 * this.#block.length));
    this.#closeBlock();
    this.#block = new Uint8Array(Math.max(size, least));
  }

  #closeBlock(): void {
    if (this.#used > 0) {
      this.#whole.push(this.#block.slice(0, this.#used));
      this.#used = 0;
    }
  }

  #drop(): void {
    this.#whole = [];
    this.#block = new Uint8Array(0);
    this.#used = 0;
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const body = new Uint8Array(length);
  let start = 0;
  for (const piece of pieces) {
    body.set(piece, start);
    start += piece.length;
  }
  return body;
}
