import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { filesOf, NODE, TOOLS } from "./places.mjs";
import { PATIENCE, run, serving } from "./processes.mjs";
import { judgesAsServer } from "./verdicts.mjs";

const CLI = join(TOOLS, "next/dist/bin/next");

/**
 * Since 16.3, Next's webpack builds fail for any route handler on the edge, whatever it contains. With webpack, an API route,
 * which is the older form, takes its place.
 */
const EDGE = { turbopack: "edge", webpack: "api/edge" };

for (const [bundler, edge] of Object.entries(EDGE)) {
  test(`Next.js with ${bundler}: a route on Node, a route on the edge`, { timeout: PATIENCE }, async () => {
    const cwd = join(import.meta.dirname, "next", bundler);
    await run(NODE, [CLI, "build", `--${bundler}`], { cwd });
    // Only the edge's file.
    assert.equal((await filesOf(join(cwd, ".next"), ".wasm")).length, 1);
    const args = [CLI, "start", "--hostname", "127.0.0.1", "--port", "0"];
    await serving(NODE, args, { cwd }, async (address) => {
      await judgesAsServer(`${address}/node`);
      await judgesAsServer(`${address}/${edge}`);
    });
  });
}
