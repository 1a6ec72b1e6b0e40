// Runs `docutray-webhook doctor` of the installed package, as a user would.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const manifest = require.resolve("docutray-webhook/package.json");
const PROGRAM = join(dirname(manifest), require(manifest).bin["docutray-webhook"]);

/** Runs the command. Returns its exit code and what it has written. */
export async function doctor(address, { secret, url }, more = []) {
  const env = { ...process.env, DOCUTRAY_WEBHOOK_SECRET: secret, DOCUTRAY_WEBHOOK_URL: url };
  return await new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, "doctor", address, ...more], { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, stdout, stderr });
    });
  });
}

/** Expects that the doctor finds nothing wrong with the endpoint at this address but what `butFor` names by its code. */
export async function passesTheDoctor(address, settings, { butFor = [] } = {}) {
  const { stdout, stderr } = await doctor(address, settings, ["--json"]);
  const lines = stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  const failed = lines.filter(({ state }) => state === "failed");
  assert.equal(lines.at(-1)?.type, "summary", stdout + stderr);
  assert.deepEqual(failed.map(({ code }) => code), butFor, JSON.stringify(failed, undefined, 2));
}
