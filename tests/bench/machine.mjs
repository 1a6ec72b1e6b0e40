// Describes the machine in one line.
import { readFileSync } from "node:fs";
import { cpus } from "node:os";

const [{ model }] = cpus();
console.log(`${model.trim()}${shaInstructions()}, ${cpus().length} cores, ${process.platform} ${process.arch}`);

/** Returns whether the processor has SHA instructions. `node:crypto` uses them; WebAssembly cannot. */
function shaInstructions() {
  try {
    return /\bsha_ni\b|\bsha2\b/.test(readFileSync("/proc/cpuinfo", "utf8")) ? " with SHA-256 instructions" : "";
  } catch {
    return "";
  }
}
