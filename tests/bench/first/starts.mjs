// Measures the time from the start of a process to its first verified payload, above that of a process that verifies nothing:
// `starts.mjs HOST... SETTINGS`, with a host's name and the command that runs a script on it, as JSON. It measures processor
// time, which a busy machine hardly affects, and the time on the clock, which it affects more than libraries do.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bodyOf } from "../bodies.mjs";
import { formats } from "../deliveries.mjs";
import { emit } from "../emit.mjs";
import { cell, quantile } from "../rounds.mjs";
import { settings } from "../settings.mjs";

const BYTES = 1024;
/** Ours first. Each is loaded only in its own processes. */
const CONTESTANTS = [
  { name: "docutray-webhook", file: "ours", format: "docutray" },
  { name: "by hand, with care", file: "by-hand-with-care", format: "docutray" },
  { name: "by hand, WebCrypto", file: "web-crypto", format: "docutray" },
  { name: "stripe", file: "stripe", format: "stripe" },
  { name: "svix", file: "svix", format: "svix" },
  { name: "standardwebhooks", file: "standardwebhooks", format: "standard" },
  { name: "@octokit/webhooks-methods", file: "octokit", format: "github" },
];
const MEASURES = [
  { measure: "processor", title: "processor time" },
  { measure: "clock", title: "time on the clock" },
];
const SCRIPT = path("./payload.mjs");

function main() {
  const hosts = process.argv.slice(2, -1).map((host) => JSON.parse(host));
  const directory = mkdtempSync(join(tmpdir(), "docutray-webhook-bench-"));
  try {
    const columns = hosts.map(({ name, command }) => {
      console.error(`starts of ${name}`);
      return started(command, directory);
    });
    for (const { measure, title } of MEASURES) {
      emit({
        id: `starts/${measure}`,
        title: `From the start of a process to the first payload of 1 KB: ${title}`,
        note: "Above a process that reads the delivery and verifies nothing.",
        columns: hosts.map(({ name }) => name),
        rows: CONTESTANTS.map(({ name }, row) => ({
          name,
          cells: columns.map(({ [measure]: times }) => cell(times[row], times[0])),
        })),
      });
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Returns, by measure, each contestant's times in each round in microseconds, minus the median of a process without one. */
function started(command, directory) {
  const empty = [];
  const starts = CONTESTANTS.map(() => []);
  for (let round = 0; round < settings().starts; round++) {
    const deliveries = CONTESTANTS.map((contestant) => stored(contestant, directory));
    empty.push(start(command, [deliveries[0]]));
    CONTESTANTS.forEach(({ file }, index) => {
      starts[index].push(start(command, [deliveries[index], path(`../contestants/${file}.mjs`)]));
    });
  }
  const above = (measure) => {
    const least = quantile(empty.map((start) => start[measure]), 0.5);
    return starts.map((starts) => starts.map((start) => start[measure] - least));
  };
  return Object.fromEntries(MEASURES.map(({ measure }) => [measure, above(measure)]));
}

/** Writes a delivery signed now to a file and returns its path. */
function stored({ file, format }, directory) {
  const body = bodyOf("dense", BYTES);
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = formats[format].headers({ body, timestamp, event: "CONVERSION_COMPLETED" });
  const name = join(directory, `${file}.json`);
  writeFileSync(name, JSON.stringify({ headers, body: body.toString() }));
  return name;
}

/** Runs a process to its end. */
function start([program, ...options], files) {
  const started = performance.now();
  const { status, stdout, stderr, error } = spawnSync(program, [...options, SCRIPT, ...files], { encoding: "utf8" });
  const clock = (performance.now() - started) * 1000;
  if (status !== 0) {
    throw new Error(`${program}: ${error ?? stderr}`);
  }
  return { clock, processor: Number(stdout) };
}

function path(relative) {
  return fileURLToPath(import.meta.resolve(relative));
}

main();
