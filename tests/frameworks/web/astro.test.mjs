import { join } from "node:path";
import { test } from "node:test";
import { takesAllDeliveries } from "./deliveries.mjs";
import { NODE, tool } from "./places.mjs";
import { PATIENCE, run, serving } from "./processes.mjs";

const env = { HOST: "127.0.0.1", PORT: "0" };

test("Astro accepts the handler for all methods of an endpoint", { timeout: PATIENCE }, async () => {
  const cwd = join(import.meta.dirname, "astro");
  await run(NODE, [tool("astro/bin/astro.mjs"), "build"], { cwd });
  await serving(NODE, ["dist/server/entry.mjs"], { cwd, env }, (address) => takesAllDeliveries(`${address}/hooks`));
});
