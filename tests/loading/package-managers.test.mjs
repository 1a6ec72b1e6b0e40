// Package managers that put packages elsewhere than npm does. Node runs without `require` of ES modules: AWS Lambda and Vercel start it so.
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { NODE, NODES, PROJECT, TOOLS } from "./places.mjs";
import { PATIENCE, run } from "./processes.mjs";
import { SECRET, URL } from "./settings.mjs";
import { judges } from "./verdicts.mjs";

const ENV = { SECRET, URL };
const WITHOUT_REQUIRE_OF_ES_MODULES = "--no-experimental-require-module";

test("yarn 4 with Plug'n'Play", { timeout: PATIENCE }, async () => {
  await inProject(async (cwd) => {
    await writeFile(join(cwd, ".yarnrc.yml"), "nodeLinker: pnp\nenableGlobalCache: false\nenableTelemetry: false\n");
    await writeFile(join(cwd, "yarn.lock"), "");
    const yarn = join(TOOLS, "@yarnpkg/cli-dist/bin/yarn.js");
    await run(NODE, [yarn, "install", "--no-immutable"], { cwd });
    const loaders = ["--require", "./.pnp.cjs", "--experimental-loader", "./.pnp.loader.mjs"];
    await judgesInEachNode(cwd, loaders);
  });
});

test("pnpm", { timeout: PATIENCE }, async () => {
  await inProject(async (cwd) => {
    const own = { PNPM_HOME: join(cwd, "home"), XDG_DATA_HOME: join(cwd, "data"), XDG_STATE_HOME: join(cwd, "state") };
    await run(NODE, [join(TOOLS, "pnpm/bin/pnpm.mjs"), "install", "--offline", "--no-frozen-lockfile"], { cwd, env: own });
    await judgesInEachNode(cwd, []);
  });
});

async function judgesInEachNode(cwd, options) {
  for (const node of Object.values(NODES)) {
    await judges([node, WITHOUT_REQUIRE_OF_ES_MODULES, ...options, "program.cjs"], { cwd, env: ENV });
  }
}

/** A project outside of this one, where no other `node_modules` is found; its package is the tarball. */
async function inProject(use) {
  const directory = await mkdtemp(join(tmpdir(), "loading-"));
  try {
    const tarball = (await readdir(PROJECT)).find((file) => file.endsWith(".tgz"));
    await copyFile(join(PROJECT, tarball), join(directory, "docutray-webhook.tgz"));
    await copyFile(join(import.meta.dirname, "program.cjs"), join(directory, "program.cjs"));
    const dependencies = { "docutray-webhook": "file:./docutray-webhook.tgz" };
    await writeFile(join(directory, "package.json"), JSON.stringify({ name: "project", version: "1.0.0", private: true, dependencies }));
    await mkdir(join(directory, "home"));
    await use(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}
