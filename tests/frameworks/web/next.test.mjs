import { join } from "node:path";
import { test } from "node:test";
import { takesAllDeliveries } from "./deliveries.mjs";
import { NODE, tool } from "./places.mjs";
import { PATIENCE, run, serving } from "./processes.mjs";

const NEXT = tool("next/dist/bin/next");
const START = [NEXT, "start", "--hostname", "127.0.0.1", "--port", "0"];
/** Next's own answer for a route without GET. */
const get = { status: 405, allow: null };

test("Next.js accepts the handler as a route's POST, on Node and on the edge", { timeout: PATIENCE }, async () => {
  const cwd = join(import.meta.dirname, "next");
  await run(NODE, [NEXT, "build"], { cwd });
  await serving(NODE, START, { cwd }, async (address) => {
    await takesAllDeliveries(`${address}/node`, { get });
    await takesAllDeliveries(`${address}/edge`, { get, readsAhead: true });
  });
});
