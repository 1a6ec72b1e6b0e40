// The example, with work that asks the test's ledger.
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { atEnd } from "./ends.mjs";

const EXAMPLE = join(import.meta.dirname, "../examples/queue");

/** Where one of its two is. */
export function original(name) {
  return join(EXAMPLE, name);
}

/** A copy of one of its two, until the test ends; `work` is its file with the work. */
export async function stepwise(t, ledger, name, work) {
  const directory = await mkdtemp(join(import.meta.dirname, "run-"));
  atEnd(t, () => rm(directory, { recursive: true, force: true }));
  await cp(original(name), directory, { recursive: true });
  const steps = await readFile(join(import.meta.dirname, "work.mjs"));
  await writeFile(join(directory, work), `const LEDGER = "${ledger.address}";\n${steps}`);
  return directory;
}
