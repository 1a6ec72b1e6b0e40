import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";
import { filesOf, NODE, OLDEST_NODE, out } from "./places.mjs";
import { judgesAsProgram } from "./verdicts.mjs";

for (const [format, runtime] of [["es", NODE], ["cjs", OLDEST_NODE]]) {
  test(`Rollup, ${format}`, async () => {
    const onwarn = (warning) => assert.fail(warning.message);
    const build = await rollup({ input: "entries/program.mjs", plugins: [nodeResolve()], onwarn });
    const name = `rollup-${format}`;
    const file = join(out(name), format === "es" ? "bundle.mjs" : "bundle.cjs");
    await build.write({ file, format });
    await build.close();
    assert.equal((await filesOf(out(name), "")).length, 1);
    await judgesAsProgram(file, [runtime]);
  });
}
