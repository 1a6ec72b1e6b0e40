// Where the tools are, and what they make.
import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** Where the tools of the lock file are; in the project between, the packed package is installed. */
export const TOOLS = join(import.meta.dirname, "../../node_modules");

/** The oldest Node that the package runs on, and the one for tools that need a newer one. */
export const OLDEST_NODE = join(TOOLS, "node-20/bin/node");
export const NODE = process.execPath;

/** The files of a directory that end so, however deep. */
export async function filesOf(directory, ending) {
  return (await readdir(directory, { recursive: true })).filter((file) => file.endsWith(ending)).sort();
}

/** An output directory of its own for each bundle. */
export function out(name) {
  return join(import.meta.dirname, "out", name);
}
