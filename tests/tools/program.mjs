// Runs the program of the installed package, with and without a terminal.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
export const manifest = require("docutray-webhook/package.json");
export const program = join(dirname(require.resolve("docutray-webhook/package.json")), manifest.bin["docutray-webhook"]);

/** Gives its arguments a terminal of their own. Its stdin is what is typed there, its stdout what stands on the screen. */
const IN_TERMINAL = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";

/** Runs a command line to its end. Resolves with `{ code, stdout, stderr }`. */
export async function run(line, { env = {}, input = "", node = [] } = {}) {
  const child = start(process.execPath, [...node, program, ...line], env);
  child.stdin.on("error", () => {}).end(input);
  return await ended(child);
}

/**
 * Runs a command line in a terminal. Each of `typed`, `[after, text]`, is typed when the screen shows `after`.
 * Resolves with `{ code, screen }`.
 */
export async function runInTerminal(line, { env = {}, typed = [] } = {}) {
  const child = start(process.env.PYTHON, ["-c", IN_TERMINAL, process.execPath, program, ...line], { TERM: "xterm-256color", ...env });
  const waiting = [...typed];
  let screen = "";
  let seen = 0;
  child.stdout.on("data", (text) => {
    screen += text;
    while (waiting.length > 0 && screen.includes(waiting[0][0], seen)) {
      const [after, keys] = waiting.shift();
      seen = screen.indexOf(after, seen) + after.length;
      child.stdin.write(keys);
    }
  });
  const { code, stdout } = await ended(child);
  if (waiting.length > 0) {
    throw new Error(`the screen never showed ${JSON.stringify(waiting[0][0])}:\n${stdout}`);
  }
  return { code, screen: stdout.replaceAll("\r\n", "\n") };
}

/** The lines of JSON that a command printed. Throws if anything else stands there. */
export function jsonLines(stdout) {
  if (!stdout.endsWith("\n")) {
    throw new Error(`no end of line: ${stdout}`);
  }
  return stdout.slice(0, -1).split("\n").map((line) => JSON.parse(line));
}

/** The environment without what would change the results. */
export function environment(added) {
  const own = Object.entries(process.env).filter(([name]) => !/^(DOCUTRAY_WEBHOOK_.*|NO_COLOR|FORCE_COLOR|NODE_OPTIONS|NODE_TEST_CONTEXT)$/.test(name));
  return { ...Object.fromEntries(own), ...added };
}

function start(file, line, env) {
  const child = spawn(file, line, { env: environment(env) });
  child.stdout.setEncoding("utf8");
  child.stderr.setEncoding("utf8");
  return child;
}

function ended(child) {
  return new Promise((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (text) => (stdout += text));
    child.stderr.on("data", (text) => (stderr += text));
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code: code ?? signal, stdout, stderr }));
  });
}
