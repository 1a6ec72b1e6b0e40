// Deno, whose database is a file in a directory of the caller's.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { serving } from "./serving.mjs";

const { resolve } = createRequire(import.meta.url);
/** The program itself and not the script that starts it, so that killing one kills the other. */
const DENO = join(dirname(resolve("@deno/linux-x64-glibc/package.json")), "deno");
/** All comes from what npm has installed: nothing is fetched or asked for. */
const OFFLINE = ["--no-remote", "--cached-only", "--no-prompt", "--no-lock", "--node-modules-dir=manual"];

const ALLOWED = ["--unstable-kv", "--allow-net=127.0.0.1", "--allow-read", "--allow-env=DOCUTRAY_SECRET,DOCUTRAY_URL"];

/** Serves a script, which gets the database's path and says where it listens. */
export function servingDeno(script, directory, env = {}) {
  const allowed = [...ALLOWED, `--allow-write=${directory}`];
  const program = [join(import.meta.dirname, script), join(directory, "database")];
  return serving(DENO, ["run", ...OFFLINE, ...allowed, ...program], {
    env: { ...process.env, ...env, DENO_DIR: join(directory, "cache"), DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" },
    listening: /^listening on (\d+)$/,
  });
}
