import { isUtf8 } from "node:buffer";
import type { Bytes } from "./wire.js";

export function bytesOf(buffer: Buffer): Bytes {
  return isUtf8(buffer) ? { text: buffer.toString("utf8") } : { base64: buffer.toString("base64") };
}

export function bufferOf(bytes: Bytes): Buffer {
  return "text" in bytes ? Buffer.from(bytes.text, "utf8") : Buffer.from(bytes.base64, "base64");
}
