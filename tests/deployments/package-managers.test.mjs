// The published package, installed from a registry by each package manager in a project of its own.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { SECRET, URL, fresh } from "../../js/test/delivery.mjs";
import { MANAGERS } from "./managers.mjs";

const { REGISTRY, VERSION } = process.env;
const execute = promisify(execFile);
/** In milliseconds. Only a program that hangs takes so long. */
const PATIENCE = 240_000;
const PROGRAMS = { import: "program.mjs", require: "program.cjs" };

for (const manager of MANAGERS) {
  test(manager.name, async (context) => {
    const directory = await mkdtemp(join(tmpdir(), "deployment-"));
    context.after(() => rm(directory, { recursive: true }));
    const run = runner(directory);
    await makeProject(directory);
    await run(manager.install);
    const { genuine, forged } = deliveries();
    for (const [way, program] of Object.entries(PROGRAMS)) {
      const { stdout } = await run([...manager.run, program, JSON.stringify([genuine, forged])]);
      assert.deepEqual(JSON.parse(stdout), ["conv_1", "signature_mismatch"], way);
    }
    assert.equal((await run([...manager.command, "--version"])).stdout.trim(), VERSION);
    await verifiesByCommand(run, manager, directory, { genuine, forged });
  });
}

async function verifiesByCommand(run, manager, directory, { genuine, forged }) {
  const verify = [...manager.command, "verify", "--headers", "head.json", "--body", "body.json"];
  await writeFile(join(directory, "head.json"), JSON.stringify(genuine.headers));
  await writeFile(join(directory, "body.json"), genuine.body);
  await run(verify);
  await writeFile(join(directory, "body.json"), forged.body);
  await assert.rejects(run(verify), /signature_mismatch/);
}

/** A delivery, and the same with another body. */
function deliveries() {
  const genuine = fresh();
  const forged = { ...genuine, body: genuine.body.replace("1190.5", "9190.5") };
  assert.notEqual(forged.body, genuine.body);
  return { genuine, forged };
}

/** An empty project whose packages come from the registry. Yarn and Deno would not install a version that is younger than a day. */
async function makeProject(directory) {
  await mkdir(join(directory, "home"));
  for (const program of Object.values(PROGRAMS)) {
    await copyFile(join(import.meta.dirname, program), join(directory, program));
  }
  const files = {
    "package.json": JSON.stringify({ name: "deployment", version: "1.0.0", private: true }),
    ".npmrc": `registry=${REGISTRY}\n`,
    "deno.json": JSON.stringify({ minimumDependencyAge: "0", nodeModulesDir: "auto" }),
    ".yarnrc.yml": `npmRegistryServer: "${REGISTRY}"\nunsafeHttpWhitelist: ["127.0.0.1"]\nenableScripts: false\nenableTelemetry: false\nnpmMinimalAgeGate: 0\n`,
    "yarn.lock": "",
  };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(directory, name), text);
  }
}

/** Runs commands in a directory, with a home in it: no cache has the package, and no setting of this machine is read. */
function runner(directory) {
  const home = join(directory, "home");
  const own = {
    HOME: home,
    XDG_CACHE_HOME: join(home, "cache"),
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_DATA_HOME: join(home, "data"),
    XDG_STATE_HOME: join(home, "state"),
    BUN_INSTALL: join(home, "bun"),
    DENO_DIR: join(home, "deno"),
    DENO_NO_UPDATE_CHECK: "1",
    YARN_ENABLE_GLOBAL_CACHE: "false",
    CI: "",
    NO_COLOR: "1",
    SECRET,
    URL,
    DOCUTRAY_WEBHOOK_SECRET: SECRET,
    DOCUTRAY_WEBHOOK_URL: URL,
  };
  // A package manager's variables count more than its files.
  const others = Object.entries(process.env).filter(([name]) => !/^(npm_config|pnpm_config|yarn|bun_config)_/i.test(name));
  const env = { ...Object.fromEntries(others), ...own };
  return async ([program, ...args]) => {
    try {
      return await execute(program, args, { cwd: directory, env, timeout: PATIENCE });
    } catch (error) {
      throw new Error(`${error.message}\n${error.stdout}`, { cause: error });
    }
  };
}
