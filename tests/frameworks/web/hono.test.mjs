import { join } from "node:path";
import { test } from "node:test";
import { takesAllDeliveries } from "./deliveries.mjs";
import { NODE } from "./places.mjs";
import { PATIENCE, serving } from "./processes.mjs";
import { servingWorker } from "./workerd.mjs";

const cwd = join(import.meta.dirname, "hono");

async function takesDeliveriesBothWays(address) {
  await takesAllDeliveries(`${address}/hooks`);
  await takesAllDeliveries(`${address}/mounted`);
}

test("Hono on Node accepts the handler for a path, and mounted", { timeout: PATIENCE }, async () => {
  await serving(NODE, ["node.mjs"], { cwd }, takesDeliveriesBothWays);
});

test("Hono on Workers accepts the handler for a path, and mounted", { timeout: PATIENCE }, async () => {
  await servingWorker(cwd, takesDeliveriesBothWays);
});
