// SHA-256 alone, by those who have one for JavaScript.
import { createHash } from "node:crypto";
import { sha256 } from "@noble/hashes/sha2.js";
import { createSHA256 } from "hash-wasm";

const wasm = await createSHA256();

/** By its name, from bytes to a digest. */
export const digests = {
  "hash-wasm": (bytes) => wasm.init().update(bytes).digest("binary"),
  "@noble/hashes": (bytes) => sha256(bytes),
  "node:crypto": (bytes) => createHash("sha256").update(bytes).digest(),
};
