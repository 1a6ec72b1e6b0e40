import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

const tsc = join(createRequire(import.meta.url).resolve("typescript/package.json"), "../bin/tsc");
const STRICT = ["--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--noEmit"];
/** Without the DOM's types, as in a Lambda function's project. */
const NODE = ["--module", "nodenext", "--target", "es2022", "--lib", "es2022", "--types", "node"];

for (const [way, file] of [["by `import`", "types.mts"], ["by `require`", "types.cts"]]) {
  test(`our functions have the types of @types/aws-lambda, ${way}`, (t) => {
    const copy = join(import.meta.dirname, file);
    copyFileSync(join(import.meta.dirname, "types.ts"), copy);
    t.after(() => rmSync(copy));
    const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, ...STRICT, ...NODE, copy], {
      cwd: import.meta.dirname,
      encoding: "utf8",
    });
    assert.equal(status, 0, stdout + stderr);
  });
}
