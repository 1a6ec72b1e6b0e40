// Directories and programs that last as long as the tests that need them.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before } from "node:test";

/** Starts something in a directory of its own, for the tests of this suite; gives what came of it, once they run. */
export function whileServing(start) {
  const served = {};
  let directory;
  before(async () => {
    directory = await newDirectory();
    Object.assign(served, await start(directory));
  });
  after(async () => {
    await served.kill?.();
    await rm(directory, { recursive: true });
  });
  return served;
}

/** Runs `use` with a function that starts one more server in a directory that they have in common; ends all. */
export function withServers(start, use) {
  return withDirectory(async (directory) => {
    const servers = [];
    try {
      await use(async () => {
        const server = await start(directory);
        servers.push(server);
        return server;
      });
    } finally {
      await Promise.all(servers.map(({ kill }) => kill()));
    }
  });
}

/** Runs `use` with a directory of its own. */
export async function withDirectory(use) {
  const directory = await newDirectory();
  try {
    await use(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Waits for what comes by itself, though nobody knows when. */
export async function until(reached) {
  const end = Date.now() + 60_000;
  while (!(await reached())) {
    assert.ok(Date.now() < end, "it has not come to pass in a minute");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Here, so that what is in it finds the package. */
function newDirectory() {
  return mkdtemp(join(import.meta.dirname, "run-"));
}
