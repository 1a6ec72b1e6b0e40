import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

const tsc = join(createRequire(import.meta.url).resolve("typescript/package.json"), "../bin/tsc");
const STRICT = ["--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--noEmit"];
const NODE = ["--module", "nodenext", "--target", "es2022", "--lib", "es2022,esnext.disposable,dom", "--types", "node"];

for (const [what, file] of [["by `import`", "types.ts"], ["by `require`", "types.cts"]]) {
  test(`our functions are what @types/aws-lambda takes, ${what}`, () => {
    const compile = () => execFileSync(process.execPath, [tsc, ...STRICT, ...NODE, file], { cwd: import.meta.dirname, encoding: "utf8" });
    try {
      compile();
    } catch ({ stdout }) {
      throw new Error(stdout);
    }
  });
}
