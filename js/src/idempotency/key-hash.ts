/** Returns the SHA-256 of a key in UTF-8. A hash always fits, whatever length and characters the key has. */
export async function keyHash(key: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key)));
}

/** Returns the same in lower-case hexadecimal. */
export async function keyHashHex(key: string): Promise<string> {
  return Array.from(await keyHash(key), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
