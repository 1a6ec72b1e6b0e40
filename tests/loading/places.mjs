// Where the tools are. The Nodes are those of tests/bundlers; `cargo xtask test loading` says where.
import { join } from "node:path";

export const TOOLS = join(import.meta.dirname, "../../node_modules");
export const PROJECT = join(import.meta.dirname, "..");
/** Each supported Node by its name, the oldest first. */
export const NODES = JSON.parse(process.env.NODES);
export const [OLDEST_NODE] = Object.values(NODES);
/** For tools that need more than the oldest. */
export const NODE = process.execPath;
