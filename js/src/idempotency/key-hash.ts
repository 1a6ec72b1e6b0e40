/** The SHA-256 of a key's UTF-8: any key becomes one of the same length, of plain bytes. */
export async function keyHash(key: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key)));
}

/** The same in hexadecimal, lower case. */
export async function keyHashHex(key: string): Promise<string> {
  return Array.from(await keyHash(key), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
