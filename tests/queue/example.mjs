// Copies the example's files for a test.
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { atEnd } from "./ends.mjs";

/** Copies `bullmq` or `cloudflare` until the test ends. */
export async function copied(t, name) {
  const directory = await mkdtemp(join(import.meta.dirname, "run-"));
  atEnd(t, () => rm(directory, { recursive: true, force: true }));
  await cp(join(import.meta.dirname, "../examples/queue", name), directory, { recursive: true });
  return directory;
}

/** Replaces the example's work by work that asks a ledger. */
export async function replaceWork(file, ledger) {
  const work = await readFile(join(import.meta.dirname, "work.mjs"));
  await writeFile(file, `const LEDGER = "${ledger.address}";\n${work}`);
}
