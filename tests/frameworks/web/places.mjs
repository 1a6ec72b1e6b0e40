// Paths of the lock file's programs and of the examples.
import { join } from "node:path";

const PACKAGES = join(import.meta.dirname, "../../node_modules");

/** Returns the path of a package's script. */
export const tool = (script) => join(PACKAGES, script);

export const NODE = process.execPath;
export const DENO = tool("@deno/linux-x64-glibc/deno");
export const BUN = tool("@oven/bun-linux-x64/bin/bun");
export const WORKERD = tool("@cloudflare/workerd-linux-64/bin/workerd");
export const ESBUILD = tool("esbuild/bin/esbuild");

export const example = (name) => join(import.meta.dirname, "../examples", name);
