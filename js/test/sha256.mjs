// The compression function of SHA-256 (FIPS 180-4, 6.2.2), which node:crypto does not export.

const fraction = (root) => Math.floor((root - Math.floor(root)) * 2 ** 32);

function primes(count) {
  const found = [];
  for (let number = 2; found.length < count; number++) {
    if (found.every((prime) => number % prime !== 0)) {
      found.push(number);
    }
  }
  return found;
}

export const INITIAL = primes(8).map((prime) => fraction(Math.sqrt(prime)));
const CONSTANTS = primes(64).map((prime) => fraction(Math.cbrt(prime)));

const rotated = (word, bits) => (word >>> bits) | (word << (32 - bits));

/** Returns the state after one block of 64 bytes. */
export function compress(state, block) {
  const words = Array.from({ length: 16 }, (_, index) => block.readUInt32BE(4 * index));
  for (let t = 16; t < 64; t++) {
    const [s0, s1] = [words[t - 15], words[t - 2]];
    const low = rotated(s0, 7) ^ rotated(s0, 18) ^ (s0 >>> 3);
    const high = rotated(s1, 17) ^ rotated(s1, 19) ^ (s1 >>> 10);
    words[t] = (words[t - 16] + low + words[t - 7] + high) >>> 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let t = 0; t < 64; t++) {
    const one = h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + ((e & f) ^ (~e & g)) + CONSTANTS[t] + words[t];
    const two = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    [a, b, c, d, e, f, g, h] = [(one + two) >>> 0, a, b, c, (d + one) >>> 0, e, f, g];
  }
  return [a, b, c, d, e, f, g, h].map((word, index) => (word + state[index]) >>> 0);
}
