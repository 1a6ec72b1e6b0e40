// Jest loads CommonJS alone, in a realm of its own, on every Node.
import { join } from "node:path";
import { test } from "node:test";
import { delivery } from "./delivery.mjs";
import { NODE, OLDEST_NODE, TOOLS } from "./places.mjs";
import { PATIENCE, run } from "./processes.mjs";
import { SECRET, URL } from "./settings.mjs";

/** Once for each Jest; ts-jest brings the newest as its peer. */
const RUNS = [
  { name: "Jest 29", jest: "jest-29", tests: "jest" },
  { name: "Jest 30", jest: "jest-30", tests: "jest" },
  { name: "ts-jest", jest: "jest-30", tests: "ts-jest" },
];

for (const { name, jest, tests } of RUNS) {
  test(name, { timeout: PATIENCE }, async () => {
    const SIGNED = JSON.stringify(delivery({ secret: SECRET, url: URL, timestamp: Math.floor(Date.now() / 1000) }));
    for (const node of [OLDEST_NODE, NODE]) {
      const cwd = join(import.meta.dirname, tests);
      await run(node, [join(TOOLS, jest, "bin/jest.js"), "--no-cache"], { cwd, env: { SECRET, SIGNED, URL } });
    }
  });
}
