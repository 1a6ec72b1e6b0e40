import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { filesOf, NODE, out, TOOLS } from "./places.mjs";
import { PATIENCE, run } from "./processes.mjs";
import { judgesAsServer } from "./verdicts.mjs";
import { servingWorker } from "./workerd.mjs";

/** Workers of this date could not compile bytes. */
const compatibilityDate = "2025-01-01";

for (const entry of ["worker", "worker-module"]) {
  test(`wrangler, ${entry}`, { timeout: PATIENCE }, async () => {
    const directory = out(`wrangler-${entry}`);
    const bundle = ["deploy", `entries/${entry}.mjs`, "--dry-run", "--outdir", directory];
    const settings = ["--name", entry, "--compatibility-date", compatibilityDate];
    await run(NODE, [join(TOOLS, "wrangler/bin/wrangler.js"), ...bundle, ...settings]);
    const [wasm, ...more] = await filesOf(directory, ".wasm");
    assert.deepEqual(more, []);
    await servingWorker(directory, { module: `${entry}.js`, wasm, compatibilityDate }, judgesAsServer);
  });
}
