// Runs Deno with its database in a file in the caller's directory.
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { serving } from "../serving.mjs";

const { resolve } = createRequire(import.meta.url);
/** The program itself, not the script that starts it, so that killing it ends Deno. */
const DENO = join(dirname(resolve("@deno/linux-x64-glibc/package.json")), "deno");
/** Uses only what npm has installed. Nothing is downloaded. */
const OFFLINE = ["--unstable-kv", "--no-remote", "--cached-only", "--no-lock", "--node-modules-dir=manual"];

const ALLOWED = ["--no-prompt", "--allow-net=127.0.0.1", "--allow-read", "--allow-env=DOCUTRAY_WEBHOOK_SECRET,DOCUTRAY_WEBHOOK_URL"];

/** Serves a script, which gets the database's path and prints its address. */
export function servingDeno(script, directory, env = {}) {
  const allowed = [...ALLOWED, `--allow-write=${directory}`];
  const program = [join(import.meta.dirname, script), join(directory, "database")];
  return serving(DENO, ["run", ...OFFLINE, ...allowed, ...program], {
    env: { ...process.env, ...quiet(directory), ...env },
    listening: /^listening on (\d+)$/,
  });
}

/** Rejects with the errors of Deno's compiler in a script. */
export async function checkedByDeno(script, directory) {
  const env = { ...process.env, ...quiet(directory) };
  await promisify(execFile)(DENO, ["check", ...OFFLINE, join(import.meta.dirname, script)], { env });
}

function quiet(directory) {
  return { DENO_DIR: join(directory, "cache"), DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" };
}
