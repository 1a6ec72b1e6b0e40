import { join } from "node:path";
import { before, test } from "node:test";
import { refusesCut, takesAllDeliveries } from "./deliveries.mjs";
import { NODE, tool } from "./places.mjs";
import { PATIENCE, run, serving } from "./processes.mjs";

const cwd = join(import.meta.dirname, "sveltekit");
const env = { HOST: "127.0.0.1", PORT: "0" };
/** A little more than the verifier accepts. */
const BODY_SIZE_LIMIT = "17M";
/** SvelteKit's own answer for a route without GET. */
const get = { status: 405, allow: "POST" };

before(() => run(NODE, [tool("vite/bin/vite.js"), "build"], { cwd }), { timeout: PATIENCE });

test("SvelteKit accepts the handler as a route's POST", { timeout: PATIENCE }, async () => {
  await serving(NODE, ["build"], { cwd, env: { ...env, BODY_SIZE_LIMIT } }, (address) =>
    takesAllDeliveries(`${address}/hooks`, { get }),
  );
});

test("SvelteKit accepts only 512 KiB by default, and the log says so", { timeout: PATIENCE }, async () => {
  await serving(NODE, ["build"], { cwd, env }, async (address, wrote) => {
    await refusesCut(`${address}/hooks`);
    await wrote(/ended early.*exceeds limit of 524288 bytes/s);
  });
});
