import { brotliDecompressSync } from "node:zlib";

/** Returns the bytes of what the build has compressed. */
export function decompressed(base64: string): Buffer<ArrayBuffer> {
  return Buffer.from(brotliDecompressSync(Buffer.from(base64, "base64")));
}
