import { test } from "node:test";
import { takesAllDeliveries } from "./deliveries.mjs";
import { BUN } from "./places.mjs";
import { PATIENCE, serving } from "./processes.mjs";

test("Elysia on Bun accepts the handler if it does not parse the body itself", { timeout: PATIENCE }, async () => {
  await serving(BUN, ["elysia.mjs"], { cwd: import.meta.dirname }, (address) => takesAllDeliveries(`${address}/hooks`));
});
