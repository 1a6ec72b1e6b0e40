// workerd, the runtime of Workers, from npm.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import workerd from "workerd";

const { resolve } = createRequire(import.meta.url);

/**
 * Serves a Worker on a free port of this machine, bundled as wrangler does: workerd reads a `wrangler.jsonc` itself and
 * calls esbuild. It ends when this process does.
 */
export async function serve(config) {
  const child = spawn(workerd.default, ["serve", config, "--socket-addr", "http=127.0.0.1:0", "--control-fd", "3"], {
    env: { ...process.env, WORKERD_ESBUILD: resolve("esbuild/bin/esbuild") },
    // Standard output is for results, so its messages go to standard error.
    stdio: ["ignore", 2, 2, "pipe"],
  });
  process.once("exit", () => child.kill("SIGKILL"));
  for await (const line of createInterface(child.stdio[3])) {
    const { event, port } = JSON.parse(line);
    if (event === "listen") {
      return `http://127.0.0.1:${port}`;
    }
  }
  throw new Error("workerd ended before it listened; it wrote why");
}
