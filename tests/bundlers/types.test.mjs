// Checks the types with every module resolution of TypeScript.
import { join } from "node:path";
import { test } from "node:test";
import { NODE, TOOLS } from "./places.mjs";
import { run } from "./processes.mjs";

/** The oldest that the README promises are among them: 5.3, and 5.7 for what is inferred. */
const COMPILERS = {
  "TypeScript 7": { compiler: "typescript", infers: true },
  "TypeScript 5": { compiler: "typescript-5", infers: true },
  "TypeScript 5.7": { compiler: "typescript-5.7", infers: true },
  "TypeScript 5.3": { compiler: "typescript-5.3", infers: false },
};
const RESOLUTIONS = {
  node16: ["--module", "node16"],
  nodenext: ["--module", "nodenext"],
  bundler: ["--module", "esnext", "--moduleResolution", "bundler"],
  "a bundler for Workers": ["--module", "esnext", "--moduleResolution", "bundler", "--customConditions", "workerd"],
  "a bundler for the edge": ["--module", "esnext", "--moduleResolution", "bundler", "--customConditions", "edge-light"],
};
const STRICT = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,esnext.disposable,dom,dom.iterable", "--typeRoots", "types"];

for (const [name, { compiler, infers }] of Object.entries(COMPILERS)) {
  for (const [resolution, options] of Object.entries(RESOLUTIONS)) {
    test(`${name}, ${resolution}`, async () => {
      const names = infers ? ["imported.mts", "inferred.mts", "required.cts", "inferred.cts"] : ["imported.mts", "required.cts"];
      const files = names.filter((name) => !options.includes("esnext") || name.endsWith(".mts")).map((name) => `types/${name}`);
      await run(NODE, [join(TOOLS, compiler, "bin/tsc"), ...STRICT, ...options, ...files]);
    });
  }
}
