// Runs the doctor on a server.
import { execFile } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const manifest = require("docutray-webhook/package.json");
const program = join(dirname(require.resolve("docutray-webhook/package.json")), manifest.bin["docutray-webhook"]);

export const SECRET = "whsec_4c1f0e7d9b3a";
export const URL = "https://example.com/hooks/docutray";

/** Starts the server for one test. Returns its address. */
export async function listening(t, server) {
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${server.address().port}/hooks`;
}

/** Runs the command. Returns its exit code and what it has written. */
export async function doctor(address, more = []) {
  const env = { ...process.env, DOCUTRAY_WEBHOOK_SECRET: SECRET, DOCUTRAY_WEBHOOK_URL: URL };
  return await new Promise((resolve) => {
    execFile(process.execPath, [program, "doctor", address, ...more], { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, stdout, stderr });
    });
  });
}

/** Runs it with `--json`. Returns its exit code, its findings and their summary. */
export async function examined(address, more = []) {
  const { code, stdout, stderr } = await doctor(address, ["--json", ...more]);
  const lines = stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  const findings = lines.filter(({ type }) => type === "finding");
  return { code, stderr, findings, summary: lines.find(({ type }) => type === "summary") };
}

/** The codes of findings in one state, each once, sorted. That an answer was slow is left out: the machine may be busy. */
export function codes(findings, state) {
  const found = findings.filter((finding) => finding.state === state && finding.code !== "slow_answer");
  return [...new Set(found.map(({ code }) => code))].sort();
}
