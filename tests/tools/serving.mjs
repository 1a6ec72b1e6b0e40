// A command of the installed package that serves until it is stopped.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { environment, program } from "./program.mjs";

/** A server that a command runs, which is killed when the test ends. With `--json` it says where it is. */
export async function serving(t, line, { env = {} } = {}) {
  const child = spawn(process.execPath, [program, ...line, "--port", "0", "--json"], { stdio: ["ignore", "pipe", "pipe"], env: environment(env) });
  t.after(() => child.kill("SIGKILL"));
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  /** The next object on stdout. */
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) {
      throw new Error(`it has ended: ${stderr}`);
    }
    return JSON.parse(value);
  };
  const { url, ...ready } = await next();
  return { child, url, ready, next, call: (method, path, body) => call(url + path, method, body), stop: (signal) => stopped(child, signal) };
}

async function stopped(child, signal) {
  const exited = once(child, "exit");
  child.kill(signal);
  const [code] = await exited;
  return code;
}

async function call(url, method, body) {
  const isWrite = method === "POST" || method === "PATCH";
  const response = await fetch(url, { method, ...(isWrite && { headers: { "content-type": "application/json" }, body: JSON.stringify(body ?? {}) }) });
  const text = await response.text();
  return { status: response.status, json: text === "" ? undefined : JSON.parse(text) };
}
