import { join } from "node:path";
import { test } from "node:test";
import { out, TOOLS } from "./places.mjs";
import { PATIENCE, run } from "./processes.mjs";
import { judgesAsProgram } from "./verdicts.mjs";

const BUN = join(TOOLS, "@oven/bun-linux-x64/bin/bun");

test("Bun, one executable", { timeout: PATIENCE }, async () => {
  const program = join(out("bun"), "program");
  await run(BUN, ["build", "--compile", "entries/program.mjs", "--outfile", program]);
  await judgesAsProgram(program);
});
