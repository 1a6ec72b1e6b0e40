// Measures how much of a receiver's memory arriving bodies hold. The senders announce much, send little, and stall.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { emit } from "../emit.mjs";
import { settings } from "../settings.mjs";
import { receivers } from "./receivers.mjs";

const SCRIPT = fileURLToPath(import.meta.resolve("./under-way.mjs"));
const { bodies } = settings();
const names = Object.keys(receivers);
const held = names.map((name) => {
  console.error(`memory: ${name}`);
  return Number(execFileSync(process.execPath, ["--expose-gc", SCRIPT, name, String(bodies)], { encoding: "utf8" }));
});
emit({
  id: "under-way",
  title: `Node ${process.versions.node}: memory held by each of ${bodies} bodies under way`,
  note: "64 KB have arrived of each, in four chunks, of 16 MiB that were announced. Heap, external and WebAssembly memory after a collection.",
  columns: ["each"],
  rows: names.map((name, row) => ({ name, cells: [{ bytes: held[row], ratio: held[row] / held[0] }] })),
});
process.exit();
