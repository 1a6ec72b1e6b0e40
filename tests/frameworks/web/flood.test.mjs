// Floods each runtime with connections and measures its memory during and after the flood.
import { join } from "node:path";
import { test } from "node:test";
import { forged, seen, survivesAnnounced, survivesHalfSent, told } from "./flood.mjs";
import { heapBytes } from "./inspector.mjs";
import { BUN, DENO, NODE } from "./places.mjs";
import { PATIENCE, serving } from "./processes.mjs";
import { servingWorker } from "./workerd.mjs";

const cwd = join(import.meta.dirname, "flooded");

/** A program that reports its own heap. */
const program = (command, ...args) => (use) =>
  serving(command, args, { cwd }, (address, _has, process) => use({ address, process, heap: () => told(address, "/heap") }));

/** A Worker, whose heap the inspector reports. */
const worker = (use) =>
  servingWorker(
    cwd,
    async (address, has, process) => {
      const port = (await has(/"event":"listen-inspector".*"port":(\d+)/)).at(-1);
      await use({ address, process, heap: () => heapBytes(port, () => told(address, "/arrived")) });
    },
    {},
    ["--inspector-addr", "127.0.0.1:0"],
  );

const RUNTIMES = {
  "node:http": program(NODE, "--expose-gc", "node.mjs"),
  Workers: worker,
  "Deno.serve": program(DENO, "run", "--cached-only", "--allow-net=127.0.0.1", "--v8-flags=--expose-gc", "deno.mjs"),
  "Bun.serve": program(BUN, "bun.mjs"),
};

for (const [name, running] of Object.entries(RUNTIMES)) {
  test(`${name} survives 10,000 bodies that are only announced`, { timeout: PATIENCE }, () =>
    running((server) => survivesAnnounced(server, "/hooks", seen())),
  );

  test(`${name} survives bodies that stop half-way`, { timeout: PATIENCE }, () => running(survivesHalfSent));
}

test("node:http survives 10,000 forged announcements if the metadata is not checked", { timeout: PATIENCE }, () =>
  RUNTIMES["node:http"]((server) => survivesAnnounced(server, "/body-only", forged())),
);
