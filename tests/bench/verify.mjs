// What a delivery takes: its headers and the bytes of its body in, an authenticated and parsed payload out.
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { Verifier } from "docutray-webhook";
import { conversionCompleted } from "./bodies.mjs";
import { SECRET, URL, docutray } from "./deliveries.mjs";
import { libraries } from "./libraries.mjs";
import { table } from "./table.mjs";
import { measured } from "./timing.mjs";

const SIZES = [
  { name: "1 KB", bytes: 1024 },
  { name: "64 KB", bytes: 64 * 1024 },
  { name: "1 MB", bytes: 1024 * 1024 },
];

async function main() {
  const results = [];
  for (const { name, bytes } of SIZES) {
    console.error(`bodies of ${name}`);
    results.push(await measured([...wholes(bytes), ...parts(bytes)]));
  }
  const tasks = [...results[0].keys()];
  process.stdout.write(`${machine()}\n\n`);
  process.stdout.write(times("a whole delivery, by", tasks.slice(0, libraries.length), results));
  process.stdout.write("\n");
  process.stdout.write(times("a part of it", tasks.slice(libraries.length), results));
}

/** A whole delivery, by each library, ours first. */
function wholes(bytes) {
  return libraries.map(({ name, format, verify }) => {
    const { headers, body } = delivery(format, bytes);
    return { name, run: () => verify(headers, body) };
  });
}

/** What ours does, step by step, and what the host by itself would need for the like. */
function parts(bytes) {
  const verifier = new Verifier({ secret: SECRET, url: URL });
  const { headers, body } = delivery(docutray, bytes);
  const text = body.toString();
  return [
    { name: "ours: the metadata (authorize)", run: () => verifier.authorize(headers) },
    { name: "ours: and the body's MAC (begin, update)", run: () => begun(verifier, headers, body) },
    { name: "ours: and the payload's check (verify)", run: () => verifier.verify(headers, body) },
    { name: "node:crypto: the body's MAC", run: () => createHmac("sha256", SECRET).update(body).digest() },
    { name: "Buffer: the body as text", run: () => body.toString() },
    { name: "JSON.parse: the text as payload", run: () => JSON.parse(text) },
  ];
}

function begun(verifier, headers, body) {
  const check = verifier.begin(headers);
  check.update(body);
  check.free();
}

function delivery(format, bytes) {
  const body = conversionCompleted(bytes);
  const timestamp = Math.floor(Date.now() / 1000);
  return { headers: format.headers({ body, timestamp, event: "CONVERSION_COMPLETED" }), body };
}

function times(title, tasks, results) {
  const header = [title, ...SIZES.flatMap(({ name }) => [`${name}: µs`, "of ours (quartiles)"])];
  return table(header, tasks.map((task) => [task, ...results.flatMap((result) => cells(result.get(task)))]));
}

function cells({ time, ratio, quartiles: [low, high] }) {
  return [time.toFixed(time < 100 ? 1 : 0), `${ratio.toFixed(2)} (${low.toFixed(2)}-${high.toFixed(2)})`];
}

function machine() {
  const [{ model }] = cpus();
  return `${model.trim()}${shaInstructions()}, Node ${process.versions.node}, ${process.platform} ${process.arch}`;
}

/** `node:crypto` uses them where there are any; WebAssembly has none. */
function shaInstructions() {
  try {
    return /\bsha_ni\b|\bsha2\b/.test(readFileSync("/proc/cpuinfo", "utf8")) ? " with SHA-256 instructions" : "";
  } catch {
    return "";
  }
}

await main();
