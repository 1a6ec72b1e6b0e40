import { join } from "node:path";
import { test } from "node:test";
import { takesAllDeliveries } from "./deliveries.mjs";
import { NODE, tool } from "./places.mjs";
import { PATIENCE, run, serving } from "./processes.mjs";

/** The adapter takes no more than 512 KiB unless it is told to, and the verifier's limit is a little less than this. */
const env = { HOST: "127.0.0.1", PORT: "0", BODY_SIZE_LIMIT: "17M" };
/** SvelteKit's own, for a route without GET. */
const get = { status: 405, allow: "POST" };

test("SvelteKit takes the handler as a route's POST", { timeout: PATIENCE }, async () => {
  const cwd = join(import.meta.dirname, "sveltekit");
  await run(NODE, [tool("vite/bin/vite.js"), "build"], { cwd });
  await serving(NODE, ["build"], { cwd, env }, (address) => takesAllDeliveries(`${address}/hooks`, { get }));
});
