// Paths of the tools, and of what they build.
import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** The tools of the lock file. The project between contains the packed package. */
export const TOOLS = join(import.meta.dirname, "../../node_modules");

/** The oldest Node that the package supports, and one for tools that need a newer one. */
export const OLDEST_NODE = join(TOOLS, "node-20/bin/node");
export const NODE = process.execPath;

/** Returns the files in a directory and its subdirectories whose names end like this. */
export async function filesOf(directory, ending) {
  return (await readdir(directory, { recursive: true })).filter((file) => file.endsWith(ending)).sort();
}

/** Returns a new output directory for a bundle. */
export function out(name) {
  return join(import.meta.dirname, "out", name);
}
