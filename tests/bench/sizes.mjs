// Measures what each library adds to a program: its bundle, by its imports.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { emit } from "./emit.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const OURS = new URL("node_modules/docutray-webhook/", import.meta.url);
/** The imports of programs, as documented. All are compared with the first. */
const IMPORTS = [
  { library: "docutray-webhook", names: "{ Verifier }" },
  { library: "docutray-webhook/handler", names: "{ webHandler }" },
  { library: "docutray-webhook/node", names: "{ nodeHandler }" },
  { library: "docutray-webhook/lambda", names: "{ lambdaHandler }" },
  { library: "docutray-webhook/idempotency", names: "{ redis }" },
  { library: "docutray-webhook/module", names: "{ instantiate }" },
  { library: "stripe", names: "{ default }" },
  { library: "svix", names: "{ Webhook }" },
  { library: "standardwebhooks", names: "{ Webhook }" },
  { library: "@octokit/webhooks-methods", names: "{ verify }" },
];

async function main() {
  const bundles = await Promise.all(IMPORTS.map(bundled));
  const module = readFileSync(new URL("docutray_webhook.wasm", OURS));
  emit({
    id: "bundles",
    title: "A bundle, by what it imports",
    note: "`/module` leaves the WebAssembly module to its caller.",
    columns: ["minified", "gzip"],
    rows: IMPORTS.map(({ library, names }, index) => {
      const sizes = sizesOf(bundles[index]);
      return { name: `\`${names}\` of ${library}`, cells: compared(sizes, sizesOf(bundles[0])) };
    }),
  });
  emit({
    id: "files",
    title: "Of ours",
    note: "",
    columns: ["as it is", "gzip"],
    rows: [
      { name: "the module (WebAssembly)", cells: sizesOf(module).map((bytes) => ({ bytes })) },
      { name: "the package, for all hosts", cells: packageSizes().map((bytes) => ({ bytes })) },
    ],
  });
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

/** Returns the size uncompressed, and with gzip. */
function sizesOf(bytes) {
  return [bytes.length, gzipSync(bytes, { level: 9 }).length];
}

function compared(sizes, references) {
  return sizes.map((bytes, index) => ({ bytes, ratio: bytes / references[index] }));
}

/** Returns the sizes of the package, unpacked and packed. */
function packageSizes() {
  const packing = execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: fileURLToPath(OURS), encoding: "utf8" });
  const [{ size, unpackedSize }] = JSON.parse(packing);
  return [unpackedSize, size];
}

await main();
