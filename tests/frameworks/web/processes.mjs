// Other programs: run to their end, or for as long as they are needed.
import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Every program has this long, on a busy machine. */
export const PATIENCE = 240_000;

/** Nothing here asks anybody for anything, nor tells; what tools write down stays here. */
const QUIET = {
  CI: "true",
  DO_NOT_TRACK: "1",
  ASTRO_TELEMETRY_DISABLED: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  NEXT_IGNORE_INCORRECT_LOCKFILE: "1",
  BUN_RUNTIME_TRANSPILER_CACHE_PATH: "0",
  DENO_NO_UPDATE_CHECK: "1",
  DENO_DIR: join(import.meta.dirname, "home/deno"),
  NO_COLOR: "1",
};

/** Where a server says that it listens. */
const ADDRESS = /(http:\/\/127\.0\.0\.1:\d+)\D/;

/** Runs a command to its end, in `cwd`. */
export async function run(command, args, { cwd, env = {} }) {
  try {
    await execute(command, args, { cwd, env: { ...process.env, ...QUIET, ...env }, timeout: PATIENCE });
  } catch (error) {
    throw new Error(`${error.message}\n${error.stdout}`, { cause: error });
  }
}

/** Starts a server, and ends it and its children after `use`, which gets what `address` finds in what it writes. */
export async function serving(command, args, { cwd, env = {}, address = ADDRESS }, use) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...QUIET, ...env },
    // Of its own group, so that its children end with it.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const end = () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has ended.
    }
  };
  process.once("exit", end);
  let written = "";
  try {
    const found = await new Promise((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (text) => {
          written += text;
          const match = address.exec(written);
          if (match) {
            resolve(match[1]);
          }
        });
      }
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`it ended with ${code} before it listened`)));
    });
    await use(found);
  } catch (error) {
    throw new Error(`${error.message}\nThe server wrote:\n${written}`, { cause: error });
  } finally {
    end();
    process.off("exit", end);
  }
}
