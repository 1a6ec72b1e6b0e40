// The tests of `examples/testing` pass.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { environment } from "./program.mjs";
import { serving } from "./serving.mjs";

const EXAMPLE = join(import.meta.dirname, "../examples/testing");
const VITEST = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");

async function run(program, line, env = {}) {
  const { stdout, stderr } = await promisify(execFile)(program, line, { cwd: EXAMPLE, env: environment({ NO_COLOR: "1", ...env }) });
  return stdout + stderr;
}

test("with node:test", async () => {
  assert.match(await run(process.execPath, ["--test", "node.test.mjs"]), /pass (?:[89]|\d\d)\n.*fail 0/);
});

test("with vitest", async () => {
  assert.match(await run(process.execPath, [VITEST, "run", "vitest.test.mjs"]), /Tests +3 passed/);
});

test("over HTTP, in Python", async (t) => {
  const { url } = await serving(t, ["emulate"]);
  assert.match(await run(process.env.PYTHON, ["over_http.py"], { EMULATOR: url }), /Ran 1 test in .*\n\nOK/);
});
