// Other programs: run to their end, or for as long as they are needed.
import { execFile, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
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
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  XDG_CONFIG_HOME: join(import.meta.dirname, "home/config"),
  XDG_CACHE_HOME: join(import.meta.dirname, "home/cache"),
  DENO_NO_UPDATE_CHECK: "1",
  DENO_DIR: join(import.meta.dirname, "home/deno"),
  NO_COLOR: "1",
};

/** Where a server says that it listens. */
const ADDRESS = /(http:\/\/127\.0\.0\.1:\d+)\D/;

/** Runs a command to its end, in `cwd`; gives what it wrote. */
export async function run(command, args, { cwd = import.meta.dirname, env = {} } = {}) {
  try {
    return await execute(command, args, { cwd, env: { ...process.env, ...QUIET, ...env }, timeout: PATIENCE });
  } catch (error) {
    throw new Error(`${error.message}\n${error.stdout}`, { cause: error });
  }
}

/**
 * Starts a server, and ends it and its children after `use`, which gets what `address` finds in what it writes, a function
 * that waits until it has written a pattern, and the id of its process.
 */
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
  const output = collected(child);
  try {
    const found = await output.has(address);
    await use(found.at(-1), output.has, child.pid);
  } catch (error) {
    throw new Error(`${error.message}\nThe server wrote:\n${output.text()}`, { cause: error });
  } finally {
    end();
    process.off("exit", end);
  }
}

function collected(child) {
  const more = new EventEmitter();
  let written = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      written += text;
      more.emit("text");
    });
  }
  const ended = new Promise((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  // Nobody may be waiting.
  ended.catch(() => {});
  async function has(pattern) {
    while (!pattern.test(written)) {
      await Promise.race([once(more, "text"), ended]);
    }
    return pattern.exec(written);
  }
  return { has, text: () => written };
}
