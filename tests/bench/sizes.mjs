// What each library adds to a program: its bundle, and the time that its import takes.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { table } from "./table.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const OURS = new URL("node_modules/docutray-webhook/", import.meta.url);
/** What a program that verifies imports. */
const IMPORTS = [
  { library: "docutray-webhook", names: "{ Verifier }" },
  { library: "stripe", names: "{ default }" },
  { library: "svix", names: "{ Webhook }" },
  { library: "standardwebhooks", names: "{ Webhook }" },
  { library: "@octokit/webhooks-methods", names: "{ verify }" },
];
const ROUNDS = 15;

async function main() {
  const times = importTimes();
  const bundles = await Promise.all(IMPORTS.map(bundled));
  const rows = IMPORTS.map(({ library }, index) => [
    library,
    kilobytes(bundles[index].length),
    kilobytes(gzipped(bundles[index])),
    times[index].toFixed(1),
  ]);
  process.stdout.write(table(["", "bundle, minified: KB", "gzip: KB", "import: ms"], rows));
  process.stdout.write("\n");
  process.stdout.write(table(["docutray-webhook", "KB", "gzip: KB"], await ours()));
}

async function bundled({ library, names }) {
  const { outputFiles } = await build({
    stdin: { contents: `export ${names} from ${JSON.stringify(library)};`, resolveDir: HERE },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node20",
  });
  return outputFiles[0].contents;
}

/** In milliseconds, in the libraries' order: medians over fresh processes, all in turn and again. */
function importTimes() {
  const rounds = Array.from({ length: ROUNDS }, () => IMPORTS.map(importTime));
  return IMPORTS.map((_, index) => median(rounds.map((times) => times[index])));
}

function importTime({ library }) {
  const code = `const start = performance.now(); await import(${JSON.stringify(library)}); console.log(performance.now() - start);`;
  const script = ["--input-type=module", "--eval", code];
  return Number(execFileSync(process.execPath, script, { cwd: HERE, encoding: "utf8" }));
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** The module, which is the one that the package inlines, and the package. */
async function ours() {
  const module = readFileSync(new URL("docutray_webhook.wasm", OURS));
  const packing = execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: fileURLToPath(OURS), encoding: "utf8" });
  const [{ size, unpackedSize }] = JSON.parse(packing);
  return [
    ["its module (WebAssembly)", kilobytes(module.length), kilobytes(gzipped(module))],
    ["its package, for all hosts", kilobytes(unpackedSize), kilobytes(size)],
  ];
}

/** How many bytes are left. */
function gzipped(bytes) {
  return gzipSync(bytes, { level: 9 }).length;
}

function kilobytes(bytes) {
  return (bytes / 1024).toFixed(1);
}

await main();
