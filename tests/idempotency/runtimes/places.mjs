// Directories and programs that exist only while tests need them.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before } from "node:test";

/** Starts something in a new directory for the tests of this suite. Returns its result once they run. */
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

/** Runs `use` with a function that starts further servers in a shared directory. Ends all of them afterwards. */
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

/** Runs `use` with a new directory. */
export async function withDirectory(use) {
  const directory = await newDirectory();
  try {
    await use(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Waits for something that happens by itself at an unknown time. */
export async function until(reached) {
  const end = Date.now() + 60_000;
  while (!(await reached())) {
    assert.ok(Date.now() < end, "it has not come to pass in a minute");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Makes a directory here, so that programs in it find the package. */
function newDirectory() {
  return mkdtemp(join(import.meta.dirname, "run-"));
}
