// The commands, as an installed package has them.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);
const manifest = require.resolve("docutray-webhook/package.json");
const program = join(dirname(manifest), require(manifest).bin["docutray-webhook"]);

/** Starts a command, and ends it with the test. Returns its first line, which says where it can be found, and what ends it earlier. */
export async function start(t, command, options = [], environment = {}) {
  const child = spawn(process.execPath, [program, command, "--json", "--port", "0", ...options], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stop = async () => {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) {
      await once(child, "exit");
    }
  };
  t.after(stop);
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise((resolve) => lines.once("line", (line) => resolve(JSON.parse(line))));
  const first = await Promise.race([ready, once(child, "exit").then(([code]) => assert.fail(`${command} ended with ${code}`))]);
  assert.equal(first.type, "ready");
  return { ...first, stop };
}
