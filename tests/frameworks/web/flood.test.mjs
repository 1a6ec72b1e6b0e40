// Floods of connections, on each runtime: what they hold while they last, and what is left of them.
import { join } from "node:path";
import { test } from "node:test";
import { forged, seen, survivesAnnounced, survivesHalfSent } from "./flood.mjs";
import { BUN, DENO, NODE } from "./places.mjs";
import { PATIENCE, serving } from "./processes.mjs";
import { servingWorker } from "./workerd.mjs";

const cwd = join(import.meta.dirname, "flooded");

const program = (command, ...args) => (use) => serving(command, args, { cwd }, used(use));
const used = (use) => (address, _has, process) => use({ address, process });

const RUNTIMES = {
  "node:http": program(NODE, "--expose-gc", "node.mjs"),
  Workers: (use) => servingWorker(cwd, used(use)),
  "Deno.serve": program(DENO, "run", "--cached-only", "--allow-net=127.0.0.1", "--v8-flags=--expose-gc", "deno.mjs"),
  "Bun.serve": program(BUN, "bun.mjs"),
};

for (const [name, running] of Object.entries(RUNTIMES)) {
  test(`${name} lives through 10,000 bodies that are only announced`, { timeout: PATIENCE }, () =>
    running((server) => survivesAnnounced(server, "/hooks", seen())),
  );

  test(`${name} lives through bodies that stop half-way`, { timeout: PATIENCE }, () => running(survivesHalfSent));
}

test("node:http lives through 10,000 forged ones where the metadata is not checked", { timeout: PATIENCE }, () =>
  RUNTIMES["node:http"]((server) => survivesAnnounced(server, "/body-only", forged())),
);
