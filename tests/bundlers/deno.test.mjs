import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { delivery } from "./delivery.mjs";
import { out, TOOLS } from "./places.mjs";
import { PATIENCE, run } from "./processes.mjs";
import { SECRET, URL } from "./settings.mjs";
import { judges, judgesAsProgram } from "./verdicts.mjs";

const DENO = join(TOOLS, "@deno/linux-x64-glibc/deno");
const ENTRY = "entries/program.mjs";
const PROGRAM = join(out("deno"), "program");
const COMPILE = ["compile", "--cached-only", "--output", PROGRAM, ENTRY];

/**
 * Deno appends programs to `denort`, which it downloads only from its own site. If the site cannot be reached and `DENORT_BIN`
 * names no `denort`, the program is appended to Deno itself. That shows that all files are found and embedded, but nothing
 * starts the program. The test then runs the embedded files with `deno run`.
 */
test("Deno, one executable", { timeout: PATIENCE }, async (t) => {
  try {
    await run(DENO, COMPILE);
  } catch (error) {
    if (!/denort-.* error sending request/s.test(error.message)) {
      throw error;
    }
    t.diagnostic("NOT RUN: what `deno compile` makes, since denort cannot be downloaded here; set DENORT_BIN to run it");
    await run(DENO, COMPILE, { env: { DENORT_BIN: DENO } });
    await judges([DENO, "run", "--cached-only", ENTRY]);
    return;
  }
  await judgesAsProgram(PROGRAM);
});

test("Deno's console.log shows the whole event", { timeout: PATIENCE }, async () => {
  const signed = delivery({ secret: SECRET, url: URL, timestamp: Math.floor(Date.now() / 1000) });
  const { stdout } = await run(DENO, ["run", "--cached-only", "entries/shown.mjs", JSON.stringify(signed)]);
  assert.match(stdout, /payload: \{\s*conversion_id: "conv_1"/);
});
