// The libraries for SHA-256 in JavaScript.
import { createHash } from "node:crypto";
import { sha256 } from "@noble/hashes/sha2.js";
import { createSHA256 } from "hash-wasm";

const wasm = await createSHA256();

/** Each function returns the digest of bytes. */
export const digests = {
  "hash-wasm": (bytes) => wasm.init().update(bytes).digest("binary"),
  "@noble/hashes": (bytes) => sha256(bytes),
  "node:crypto": (bytes) => createHash("sha256").update(bytes).digest(),
};
