// Checks the types with every module resolution of TypeScript.
import { join } from "node:path";
import { test } from "node:test";
import { NODE, TOOLS } from "./places.mjs";
import { run } from "./processes.mjs";

/** The last of them is the oldest that the README promises. */
const COMPILERS = { "TypeScript 7": "typescript", "TypeScript 5": "typescript-5", "TypeScript 5.3": "typescript-5.3" };
const RESOLUTIONS = {
  node16: ["--module", "node16"],
  nodenext: ["--module", "nodenext"],
  bundler: ["--module", "esnext", "--moduleResolution", "bundler"],
  "a bundler for Workers": ["--module", "esnext", "--moduleResolution", "bundler", "--customConditions", "workerd"],
  "a bundler for the edge": ["--module", "esnext", "--moduleResolution", "bundler", "--customConditions", "edge-light"],
};
const STRICT = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,esnext.disposable,dom,dom.iterable", "--typeRoots", "types"];

for (const [name, compiler] of Object.entries(COMPILERS)) {
  for (const [resolution, options] of Object.entries(RESOLUTIONS)) {
    test(`${name}, ${resolution}`, async () => {
      const files = options.includes("esnext") ? ["types/imported.mts"] : ["types/imported.mts", "types/required.cts"];
      await run(NODE, [join(TOOLS, compiler, "bin/tsc"), ...STRICT, ...options, ...files]);
    });
  }
}
