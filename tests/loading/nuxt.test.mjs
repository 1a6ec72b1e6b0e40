// Nuxt's server (Nitro) keeps of a package only what something depends on.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { NODE, TOOLS } from "./places.mjs";
import { PATIENCE, run, serving } from "./processes.mjs";
import { judgesAsServer } from "./verdicts.mjs";

const cwd = join(import.meta.dirname, "nuxt");
const OUTPUT = join(cwd, ".output/server");

test("Nuxt on Node", { timeout: PATIENCE }, async () => {
  await build("node-server");
  const env = { HOST: "127.0.0.1", PORT: "0", NITRO_HOST: "127.0.0.1", NITRO_PORT: "0" };
  await serving(NODE, [join(OUTPUT, "index.mjs")], { cwd, env }, (address) => judgesAsServer(`${address}/hooks`));
});

test("Nuxt on Cloudflare", { timeout: PATIENCE }, async () => {
  await build("cloudflare-module");
  const wrangler = [join(TOOLS, "wrangler/bin/wrangler.js"), "dev", "--config", join(OUTPUT, "wrangler.json")];
  await serving(NODE, [...wrangler, "--ip", "127.0.0.1", "--port", "0", "--inspector-port", "0"], { cwd }, (address) =>
    judgesAsServer(`${address}/hooks`),
  );
});

async function build(preset) {
  await rm(join(cwd, ".output"), { recursive: true, force: true });
  await run(NODE, [join(TOOLS, "nuxt/bin/nuxt.mjs"), "build", "--preset", preset], { cwd, env: { NUXT_TELEMETRY_DISABLED: "1" } });
}
