// Runs other programs, to their end or for as long as they are needed.
import { execFile, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** The time limit of each program, in milliseconds, since the machine may be busy. */
export const PATIENCE = 240_000;

/** No program contacts a server or sends telemetry, and all caches stay in the project. */
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

/** How a server prints its address. */
const ADDRESS = /(http:\/\/127\.0\.0\.1:\d+)\D/;

/** Runs a command in `cwd` to its end and returns its output. */
export async function run(command, args, { cwd = import.meta.dirname, env = {} } = {}) {
  try {
    return await execute(command, args, { cwd, env: { ...process.env, ...QUIET, ...env }, timeout: PATIENCE });
  } catch (error) {
    throw new Error(`${error.message}\n${error.stdout}`, { cause: error });
  }
}

/**
 * Starts a server, calls `use`, and then ends the server and its children. `use` gets what `address` matches in the output, a
 * function that waits until the output matches a pattern, and the id of the process.
 */
export async function serving(command, args, { cwd, env = {}, address = ADDRESS }, use) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...QUIET, ...env },
    // In its own process group, so that its children end with it.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const end = () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has ended already.
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
  // The promise may never be awaited.
  ended.catch(() => {});
  async function has(pattern) {
    while (!pattern.test(written)) {
      await Promise.race([once(more, "text"), ended]);
    }
    return pattern.exec(written);
  }
  return { has, text: () => written };
}
