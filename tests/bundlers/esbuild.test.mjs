import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { filesOf, NODE, OLDEST_NODE, out } from "./places.mjs";
import { judgesAsLambda, judgesAsProgram } from "./verdicts.mjs";

/** Builds one minified file that loads no other. */
async function bundle(name, entry, options) {
  const outfile = join(out(name), `bundle.${options.format === "cjs" ? "cjs" : "mjs"}`);
  await build({ entryPoints: [entry], outfile, bundle: true, minify: true, logLevel: "warning", ...options });
  assert.equal((await filesOf(out(name), "")).length, 1);
  return outfile;
}

for (const platform of ["node", "browser", "neutral"]) {
  test(`esbuild, an ES module for the platform ${platform}`, async () => {
    const file = await bundle(`esbuild-${platform}`, "entries/program.mjs", { format: "esm", platform });
    await judgesAsProgram(file, [NODE]);
  });
}

test("esbuild, one CommonJS file for Lambda", async () => {
  const file = await bundle("esbuild-lambda", "entries/lambda.mjs", { format: "cjs", platform: "node" });
  await judgesAsLambda(file);
});

test("esbuild, a CommonJS program that requires the package", async () => {
  const file = await bundle("esbuild-require", "entries/program.cjs", { format: "cjs", platform: "node" });
  await judgesAsProgram(file, [OLDEST_NODE]);
});
