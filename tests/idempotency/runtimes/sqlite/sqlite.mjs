// Runs SQLite in the runtimes with a library for it. The file is in the caller's directory.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { serving } from "../serving.mjs";

const { resolve } = createRequire(import.meta.url);
const within = (manifest, program) => join(dirname(resolve(manifest)), program);

/** Not the tests' oldest Node, which has no `node:sqlite` and for which `better-sqlite3` is not built. */
const NODE = within("node-24/package.json", "bin/node");
const BUN = within("@oven/bun-linux-x64/package.json", "bin/bun");
const PROGRAMS = { "node:sqlite": NODE, "better-sqlite3": NODE, "bun:sqlite": BUN };

export const LIBRARIES = Object.keys(PROGRAMS);

export function servingSqlite(library, directory) {
  const args = [join(import.meta.dirname, "host.mjs"), library, join(directory, "claims.db")];
  return serving(PROGRAMS[library], args, { listening: /^listening on (\d+)$/ });
}
