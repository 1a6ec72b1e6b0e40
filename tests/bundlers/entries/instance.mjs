// A program that has the host make an instance of the module: nobody needs it, and it has to be possible.
import { memory } from "docutray-webhook/docutray_webhook.wasm";

if (memory.buffer.byteLength === 0) {
  throw new Error("the instance has no memory");
}
