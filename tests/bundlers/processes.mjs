// Other programs: run to their end, or for as long as they are needed.
import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Every program has this long, on a busy machine. */
export const PATIENCE = 240_000;

/** Nothing here asks anybody for anything, nor tells; what tools write down stays here. */
const QUIET = {
  HOME: join(import.meta.dirname, "home"),
  CI: "true",
  DO_NOT_TRACK: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  NEXT_IGNORE_INCORRECT_LOCKFILE: "1",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  DENO_NO_UPDATE_CHECK: "1",
  DENO_DIR: join(import.meta.dirname, "home/deno"),
  NO_COLOR: "1",
};

/** Runs a command to its end, in `cwd`; gives what it wrote. */
export async function run(command, args, { cwd = import.meta.dirname, env = {} } = {}) {
  try {
    return await execute(command, args, { cwd, env: { ...process.env, ...QUIET, ...env }, timeout: PATIENCE });
  } catch (error) {
    throw new Error(`${error.message}\n${error.stdout}`, { cause: error });
  }
}

/** Starts a server, and ends it and its children after `use`, which gets what `address` finds in what it writes. */
export async function serving(command, args, { cwd, env = {}, address }, use) {
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
  try {
    await use(await listening(child, address));
  } finally {
    end();
    process.off("exit", end);
  }
}

function listening(child, address) {
  let written = "";
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        written += text;
        const found = address.exec(written);
        if (found) {
          resolve(found.at(-1));
        }
      });
    }
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`it ended with ${code} before it listened:\n${written}`)));
  });
}
