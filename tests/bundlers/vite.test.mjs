import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "vite";
import { filesOf, NODE, out } from "./places.mjs";
import { judgesAsPage, judgesAsProgram } from "./verdicts.mjs";

const COMMON = { configFile: false, logLevel: "warn" };

test("Vite, a page", async () => {
  const outDir = out("vite-page");
  await build({ ...COMMON, root: "vite", build: { outDir, emptyOutDir: true } });
  assert.deepEqual(await filesOf(outDir, ".wasm"), []);
  await judgesAsPage(outDir);
});

test("Vite, rendering on a server", async () => {
  const outDir = out("vite-server");
  const ssr = { noExternal: true };
  await build({ ...COMMON, ssr, build: { ssr: "entries/program.mjs", outDir, emptyOutDir: true } });
  assert.equal((await filesOf(outDir, "")).length, 1);
  await judgesAsProgram(join(outDir, (await filesOf(outDir, "js"))[0]), [NODE]);
});
