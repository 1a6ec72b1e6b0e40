// Times deliveries in the host that runs this script: Node, Deno or Bun.
import { timeDeliveries } from "./tables.mjs";
import { prepared } from "../task.mjs";

await timeDeliveries(host(), prepared);

function host() {
  if (globalThis.Deno) {
    return { id: "deno", name: `Deno ${Deno.version.deno}` };
  }
  const { bun, node } = process.versions;
  return bun ? { id: "bun", name: `Bun ${bun}` } : { id: `node-${node.split(".")[0]}`, name: `Node ${node}` };
}
