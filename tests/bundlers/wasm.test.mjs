// The published module as a host imports it by itself, where WebAssembly is a module like any other.
import { join } from "node:path";
import { test } from "node:test";
import { NODE, TOOLS } from "./places.mjs";
import { PATIENCE, run } from "./processes.mjs";
import { judges } from "./verdicts.mjs";

const HOSTS = {
  "Node 24": [NODE],
  "the newest Node": [join(TOOLS, "node-26/bin/node")],
  Deno: [join(TOOLS, "@deno/linux-x64-glibc/deno"), "run", "--cached-only"],
};

for (const [name, host] of Object.entries(HOSTS)) {
  test(`${name}, \`import source\` of the module`, { timeout: PATIENCE }, async () => {
    await judges([...host, "entries/source.mjs"]);
  });

  test(`${name}, \`import\` of the module: it imports nothing`, { timeout: PATIENCE }, async () => {
    await run(host[0], [...host.slice(1), "entries/instance.mjs"]);
  });
}
