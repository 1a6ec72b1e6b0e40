import { isUtf8 } from "node:buffer";
import type { Bytes } from "./wire.js";

export function bytesOf(buffer: Buffer): Bytes {
  return isUtf8(buffer) ? { text: buffer.toString("utf8") } : { base64: buffer.toString("base64") };
}

export function bufferOf(bytes: Bytes): Buffer {
  return "text" in bytes ? Buffer.from(bytes.text, "utf8") : Buffer.from(bytes.base64, "base64");
}

/** Returns at most so many bytes. A character is kept whole or not at all, so that a text stays a text. */
export function beginning(buffer: Buffer, most: number): Buffer {
  let end = Math.min(buffer.length, most);
  while (end > most - 4 && isContinuation(buffer[end])) {
    end -= 1;
  }
  return buffer.subarray(0, end);
}

/** Whether a byte is inside a character of UTF-8. */
function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
