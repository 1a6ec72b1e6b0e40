// From the start of a process to its first verified payload, above a process that verifies none: `starts.mjs HOST...
// SETTINGS`, with a host's name and the words of the command that runs a script on it, as JSON.
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
/** Ours first. They are loaded in their processes alone. */
const CONTESTANTS = [
  { name: "docutray-webhook", file: "ours", format: "docutray" },
  { name: "by hand, with care", file: "by-hand-with-care", format: "docutray" },
  { name: "by hand, WebCrypto", file: "web-crypto", format: "docutray" },
  { name: "stripe", file: "stripe", format: "stripe" },
  { name: "svix", file: "svix", format: "svix" },
  { name: "standardwebhooks", file: "standardwebhooks", format: "standard" },
  { name: "@octokit/webhooks-methods", file: "octokit", format: "github" },
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
    emit({
      id: "starts",
      title: "From the start of a process to the first payload of 1 KB",
      note: "Above a process that reads the delivery and verifies nothing.",
      columns: hosts.map(({ name }) => name),
      rows: CONTESTANTS.map(({ name }, row) => ({
        name,
        cells: columns.map((times) => cell(times[row], times[0])),
      })),
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The times of each contestant in each round, in microseconds, less the median of a process without one. */
function started(command, directory) {
  const times = CONTESTANTS.map(() => []);
  const empty = [];
  for (let round = 0; round < settings().starts; round++) {
    const deliveries = CONTESTANTS.map((contestant) => stored(contestant, directory));
    empty.push(timeOf(command, [deliveries[0]]));
    CONTESTANTS.forEach(({ file }, index) => {
      times[index].push(timeOf(command, [deliveries[index], path(`../contestants/${file}.mjs`)]));
    });
  }
  return times.map((times) => times.map((time) => time - quantile(empty, 0.5)));
}

/** A file with a delivery of now. */
function stored({ file, format }, directory) {
  const body = bodyOf("dense", BYTES);
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = formats[format].headers({ body, timestamp, event: "CONVERSION_COMPLETED" });
  const name = join(directory, `${file}.json`);
  writeFileSync(name, JSON.stringify({ headers, body: body.toString() }));
  return name;
}

function timeOf([program, ...options], files) {
  const start = performance.now();
  const { status, stderr, error } = spawnSync(program, [...options, SCRIPT, ...files], { encoding: "utf8" });
  const taken = performance.now() - start;
  if (status !== 0) {
    throw new Error(`${program}: ${error ?? stderr}`);
  }
  return taken * 1000;
}

function path(relative) {
  return fileURLToPath(import.meta.resolve(relative));
}

main();
