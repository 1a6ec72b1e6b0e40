// Runs Workers as wrangler bundles them. workerd reads `wrangler.json` itself and calls esbuild.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ESBUILD, WORKERD } from "./places.mjs";
import { serving } from "./processes.mjs";

/** Serves the Worker of a directory with a `wrangler.jsonc` while `use` runs. `more` are further arguments of workerd. */
export async function servingWorker(directory, use, vars = {}, more = []) {
  const config = JSON.parse(await readFile(join(directory, "wrangler.jsonc"), "utf8"));
  await writeFile(join(directory, "wrangler.json"), JSON.stringify({ ...config, vars }));
  const args = ["serve", "wrangler.json", "--socket-addr", "http=127.0.0.1:0", "--control-fd", "1", ...more];
  const address = /"event":"listen".*"port":(\d+)/;
  await serving(WORKERD, args, { cwd: directory, env: { WORKERD_ESBUILD: ESBUILD }, address }, (port, ...rest) =>
    use(`http://127.0.0.1:${port}`, ...rest),
  );
}
