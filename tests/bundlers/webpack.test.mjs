import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import webpack from "webpack";
import { filesOf, OLDEST_NODE, out } from "./places.mjs";
import { judgesAsPage, judgesAsProgram } from "./verdicts.mjs";

async function bundle(name, entry, target) {
  const output = { path: out(name), filename: "bundle.js", clean: true };
  const config = { mode: "production", context: import.meta.dirname, entry, target, output };
  // webpack advises smaller bundles for the web, for which this package is not meant.
  const stats = await promisify(webpack)({ ...config, performance: false });
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
  assert.deepEqual([...errors, ...warnings], []);
  assert.deepEqual(await filesOf(out(name), ""), ["bundle.js"]);
  return join(out(name), "bundle.js");
}

test("webpack for Node", async () => {
  await judgesAsProgram(await bundle("webpack-node", "./entries/program.mjs", "node"), [OLDEST_NODE]);
});

test("webpack for the web", async () => {
  await bundle("webpack-web", "./entries/page.mjs", "web");
  await writeFile(join(out("webpack-web"), "index.html"), '<!doctype html><body></body><script src="bundle.js"></script>');
  await judgesAsPage(out("webpack-web"));
});
