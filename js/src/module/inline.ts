import { base64 } from "../generated/bytes.js";

/** The core, compiled from bytes inside this package when it is imported: no file beside it, no fetch, no await. */
export const compiled = new WebAssembly.Module(bytes(base64));

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) {
    bytes[index] = binary.charCodeAt(index);
  }
  return bytes;
}
