// workerd, the runtime of Workers. What its objects store is on disk, in a directory of the caller's.
import { cp, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import workerd from "workerd";
import { serving } from "../serving.mjs";

const { resolve } = createRequire(import.meta.url);

/** A Worker, configured as for wrangler: workerd reads that and bundles `main` by itself. */
export async function servingWorker(settings, directory, flags = []) {
  const whole = { name: "worker", compatibility_date: "2025-06-01", ...settings };
  await writeFile(join(directory, "wrangler.json"), JSON.stringify(whole));
  return served("wrangler.json", directory, flags);
}

/** Several in one process, as a configuration of workerd's own says, each of which is `bundle.mjs`, made of `main`. */
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
