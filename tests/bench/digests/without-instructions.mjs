// Runs `node:crypto` in a process whose OpenSSL is told that the processor has no SHA instructions. Samples on request.
import { prepared } from "./sample.mjs";

process.on("message", ({ bytes, calls }) => {
  process.send(prepared("node:crypto", bytes)(calls));
});
process.send("ready");
