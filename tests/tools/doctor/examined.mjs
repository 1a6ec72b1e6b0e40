// Runs the doctor on a server.
import { once } from "node:events";
import { doctor as runDoctor } from "./passes-the-doctor.mjs";

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
export function doctor(address, more) {
  return runDoctor(address, { secret: SECRET, url: URL }, more);
}

/** Runs it with `--json`. Returns its exit code, its diagnoses and their summary. */
export async function examined(address, more = []) {
  const { code, stdout, stderr } = await doctor(address, ["--json", ...more]);
  const lines = stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  const diagnoses = lines.filter(({ type }) => type === "diagnosis");
  return { code, stderr, diagnoses, summary: lines.find(({ type }) => type === "summary") };
}

/** The codes of diagnoses in one state, each once, sorted. That an answer was slow is left out: the machine may be busy. */
export function codes(diagnoses, state) {
  const found = diagnoses.filter((diagnosis) => diagnosis.state === state && diagnosis.code !== "slow_answer");
  return [...new Set(found.map(({ code }) => code))].sort();
}
