// How a command behaves where it runs: in a terminal, in a pipe, and when it is interrupted.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { startEndpoint } from "../endpoint.mjs";
import { environment, program, run, runInTerminal } from "../program.mjs";

const COLOUR = "\u001b[32m";
const secret = { DOCUTRAY_WEBHOOK_SECRET: "whsec_test" };

test("colours: in a terminal, but not with NO_COLOR; in a pipe only with FORCE_COLOR", async (t) => {
  const { url } = await startEndpoint(t);
  const line = ["send", "CONVERSION_COMPLETED", "--to", url];
  for (const [env, expected] of [
    [{}, true],
    [{ NO_COLOR: "1" }, false],
    [{ TERM: "dumb" }, false],
    [{ NO_COLOR: "1", FORCE_COLOR: "1" }, true],
    [{ FORCE_COLOR: "0" }, false],
    [{ NO_COLOR: "" }, true],
  ]) {
    const { code, screen } = await runInTerminal(line, { env: { ...secret, ...env } });
    assert.equal(code, 0, screen);
    assert.equal(screen.includes(COLOUR), expected, JSON.stringify(env));
  }
  for (const [env, expected] of [[{}, false], [{ FORCE_COLOR: "1" }, true]]) {
    const { stdout } = await run(line, { env: { ...secret, ...env } });
    assert.equal(stdout.includes(COLOUR), expected, JSON.stringify(env));
  }
});

test("stdout is data and stderr is for people", async (t) => {
  const { url } = await startEndpoint(t);
  const { stdout, stderr } = await run(["send", "CONVERSION_COMPLETED", "--to", url, "--repeat", "3"], { env: secret });
  assert.match(stdout, /^(<-- 200 in \S+ ms  CONVERSION_COMPLETED \S+\n){3}$/);
  assert.match(stderr, /--> POST /);
});

test("Ctrl-C and SIGTERM end a command with 130", async (t) => {
  const line = ["send", "CONVERSION_COMPLETED", "--to"];
  const silent = await startEndpoint(t, () => {});
  const { code } = await runInTerminal([...line, silent.url], { env: secret, typed: [["--> POST", "\u0003"]] });
  assert.equal(code, 130);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    const child = spawn(process.execPath, [program, ...line, silent.url], { env: environment(secret) });
    child.stderr.once("data", () => child.kill(signal));
    assert.deepEqual(await once(child, "close"), [130, null], signal);
  }
});

test("while it waits for the next attempt, too", async (t) => {
  const { url } = await startEndpoint(t, (_request, response) => response.writeHead(500).end());
  const { code, screen } = await runInTerminal(["send", "CONVERSION_COMPLETED", "--to", url, "--retries"], {
    env: secret,
    typed: [["next attempt in 30 s", "\u0003"]],
  });
  assert.equal(code, 130, screen);
});

test("a reader that has seen enough ends it quietly", async () => {
  const child = spawn("sh", ["-c", `"$0" "$1" help --markdown | head -n 1`, process.execPath, program], { env: environment({}) });
  let stderr = "";
  child.stderr.on("data", (text) => (stderr += text));
  const [code] = await once(child, "close");
  assert.deepEqual([code, stderr], [0, ""]);

  // The pipe is closed before anything is written.
  const closed = spawn(process.execPath, [program, "help"], { env: environment({}), stdio: ["ignore", "pipe", "pipe"] });
  closed.stdout.destroy();
  let said = "";
  closed.stderr.on("data", (text) => (said += text));
  const [exit] = await once(closed, "close");
  assert.deepEqual([exit, said], [0, ""]);
});

test("an answer cannot control the terminal", async (t) => {
  const { url } = await startEndpoint(t, (_request, response) =>
    response.writeHead(500, { "x-evil": Buffer.from("\u009b31m", "latin1").toString("latin1") }).end("\u001b]0;title\u0007\u202eline\r\nnext\tone"),
  );
  const { screen } = await runInTerminal(["send", "CONVERSION_COMPLETED", "--to", url], { env: { ...secret, NO_COLOR: "1" } });
  assert.ok(screen.includes("\\u001b]0;title\\u0007\\u202eline\\u000d\n    next\tone"), screen);
  assert.equal(/[\u001b\u0007\u009b\u202e]/.test(screen), false);
});
