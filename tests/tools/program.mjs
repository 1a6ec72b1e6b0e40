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

/** Runs a command line in a terminal: see `inTerminal`. */
export async function runInTerminal(line, options) {
  return await inTerminal([process.execPath, program, ...line], options);
}

/**
 * Runs a program in a terminal. Each of `typed`, `[after, text]`, is typed when the screen shows `after`.
 * Resolves with `{ code, screen }`.
 */
export async function inTerminal(line, { env = {}, typed = [] } = {}) {
  const running = started(line, env);
  const typing = (async () => {
    for (const [after, keys] of typed) {
      await running.said(after);
      running.type(keys);
    }
  })();
  const [result] = await Promise.all([running.ended, typing]);
  return result;
}

/** Starts a command line in a terminal: see `started`. */
export function startInTerminal(line, env) {
  return started([process.execPath, program, ...line], env);
}

/**
 * Starts a program in a terminal. `said` resolves with all of the screen when that shows a text after what was waited for before, and
 * rejects if the command ends without it. `ended` resolves with `{ code, screen }`.
 */
function started(line, env = {}) {
  const child = start(process.env.PYTHON, ["-c", IN_TERMINAL, ...line], { TERM: "xterm-256color", ...env });
  let screen = "";
  let seen = 0;
  child.stdout.on("data", (text) => (screen += text));
  const said = (text) =>
    new Promise((resolve, reject) => {
      const stop = (settle, value) => {
        child.stdout.off("data", look);
        child.off("close", missing);
        settle(value);
      };
      const look = () => {
        const at = screen.indexOf(text, seen);
        if (at >= 0) {
          seen = at + text.length;
          stop(resolve, screen);
        }
      };
      const missing = () => stop(reject, new Error(`the screen never showed ${JSON.stringify(text)}:\n${screen}`));
      child.stdout.on("data", look);
      child.once("close", missing);
      look();
    });
  return {
    said,
    type: (keys) => child.stdin.write(keys),
    kill: () => child.kill("SIGKILL"),
    ended: ended(child).then(({ code, stdout }) => ({ code, screen: stdout.replaceAll("\r\n", "\n") })),
  };
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
  // One that hangs is ended, so that its test fails and shows how far it came.
  const child = spawn(file, line, { env: environment(env), timeout: 60_000 });
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
