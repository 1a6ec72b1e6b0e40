import { bufferOf } from "../bytes.js";
import type { Bytes } from "../wire.js";

export function textOf(bytes: Bytes): string {
  return bufferOf(bytes).toString("utf8");
}
