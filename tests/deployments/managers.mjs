// How each package manager installs the package, and how programs and the package's own command are then run.
import { join } from "node:path";

const { NODE, BUN, DENO, VERSION } = process.env;
const TOOLS = join(import.meta.dirname, "node_modules");
const PACKAGE = `docutray-webhook@${VERSION}`;
const COMMAND = "docutray-webhook";
const tool = (path) => [NODE, join(TOOLS, path)];

const pnpm = tool("pnpm/bin/pnpm.cjs");
const classic = tool("yarn/bin/yarn.js");
const berry = tool("@yarnpkg/cli-dist/bin/yarn.js");

export const MANAGERS = [
  { name: "npm", install: ["npm", "install", "--ignore-scripts", PACKAGE], run: [NODE], command: ["npx", COMMAND] },
  { name: "pnpm", install: [...pnpm, "add", "--ignore-scripts", PACKAGE], run: [NODE], command: [...pnpm, "exec", COMMAND] },
  { name: "yarn 1", install: [...classic, "add", "--ignore-scripts", PACKAGE], run: [NODE], command: [...classic, "--silent", COMMAND] },
  // It finds the package in its cache by Plug'n'Play.
  { name: "yarn 4", install: [...berry, "add", PACKAGE], run: [...berry, "node"], command: [...berry, COMMAND] },
  { name: "Bun", install: [BUN, "add", "--ignore-scripts", PACKAGE], run: [BUN], command: [BUN, "x", "--no-install", COMMAND] },
  {
    name: "Deno",
    install: [DENO, "add", "--npm", PACKAGE],
    run: [DENO, "run", "--allow-env", "--allow-read"],
    command: [DENO, "run", "--allow-all", `npm:${PACKAGE}`],
  },
];
