import { digests } from "./digests.mjs";

const samples = new Map();

/** Returns `sample(calls)` for a digest of this many bytes. */
export function prepared(name, bytes) {
  const key = `${name}, ${bytes}`;
  if (!samples.has(key)) {
    const input = Buffer.alloc(bytes, "0123456789");
    samples.set(key, (calls) => sample(digests[name], input, calls));
  }
  return samples.get(key);
}

function sample(digest, input, calls) {
  const start = performance.now();
  for (let count = 0; count < calls; count++) {
    digest(input);
  }
  return performance.now() - start;
}
