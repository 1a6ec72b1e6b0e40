// Runtimes whose servers accept the handler itself.
import { join } from "node:path";
import { test } from "node:test";
import { takesAllDeliveries } from "./deliveries.mjs";
import { BUN, DENO } from "./places.mjs";
import { PATIENCE, serving } from "./processes.mjs";
import { servingWorker } from "./workerd.mjs";

const cwd = import.meta.dirname;

test("Workers accept the handler as fetch", { timeout: PATIENCE }, async () => {
  await servingWorker(join(cwd, "workers"), (address) => takesAllDeliveries(address));
});

test("Deno.serve accepts the handler", { timeout: PATIENCE }, async () => {
  const args = ["run", "--cached-only", "--allow-net=127.0.0.1", "deno.mjs"];
  await serving(DENO, args, { cwd }, (address) => takesAllDeliveries(address));
});

test("Bun.serve accepts the handler as fetch", { timeout: PATIENCE }, async () => {
  await serving(BUN, ["bun.mjs"], { cwd }, (address) => takesAllDeliveries(address));
});
