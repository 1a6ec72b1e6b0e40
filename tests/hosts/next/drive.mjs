// The cases on Next's edge: `node drive.mjs FILE...` prints one result a line. DOCUTRAY_NEXT is the built application, and NEXT is
// Next's program.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const { NEXT, DOCUTRAY_NEXT } = process.env;

const server = spawn(process.execPath, [NEXT, "start", "--hostname", "127.0.0.1", "--port", "0"], {
  cwd: DOCUTRAY_NEXT,
  // Standard output is for results, so its faults go to standard error.
  stdio: ["ignore", "pipe", 2],
});
process.once("exit", () => server.kill("SIGKILL"));

const response = await fetch(`${await address()}/cases`, {
  method: "POST",
  body: JSON.stringify(process.argv.slice(2).flatMap((file) => JSON.parse(readFileSync(file, "utf8")))),
  signal: AbortSignal.timeout(300_000),
});
const results = await response.text();
if (!response.ok) {
  throw new Error(`the route answered ${response.status}: ${results}`);
}
process.stdout.write(`${results}\n`, () => process.exit());

async function address() {
  for await (const line of createInterface(server.stdout)) {
    const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (found !== undefined) {
      return found;
    }
  }
  throw new Error("Next ended before it listened; it wrote why");
}
