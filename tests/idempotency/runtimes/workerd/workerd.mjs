// Runs workerd, the runtime of Workers. Its objects store their data on disk, in the caller's directory.
import { cp, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import workerd from "workerd";
import { serving } from "../serving.mjs";

const { resolve } = createRequire(import.meta.url);

/** Serves a Worker with wrangler's settings. workerd reads them and bundles `main` itself. */
export async function servingWorker(settings, directory, flags = []) {
  const whole = { name: "worker", compatibility_date: "2025-06-01", ...settings };
  await writeFile(join(directory, "wrangler.json"), JSON.stringify(whole));
  return served("wrangler.json", directory, flags);
}

/** Serves several Workers in one process, by a configuration of workerd. Each is `bundle.mjs`, which is built from `main`. */
export async function servingWorkers(config, main, directory) {
  await cp(join(import.meta.dirname, config), join(directory, config));
  await build({
    entryPoints: [join(import.meta.dirname, main)],
    outfile: join(directory, "bundle.mjs"),
    bundle: true,
    format: "esm",
    conditions: ["workerd"],
    external: ["cloudflare:*", "node:*"],
  });
  return served(config, directory);
}

function served(config, directory, flags = []) {
  const options = [...flags, "--socket-addr", "http=127.0.0.1:0", "--control-fd", "1"];
  return serving(workerd.default, ["serve", config, ...options], {
    cwd: directory,
    env: { ...process.env, WORKERD_ESBUILD: resolve("esbuild/bin/esbuild") },
    listening: /"socket":"http","port":(\d+)/,
  });
}
