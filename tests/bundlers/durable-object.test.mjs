// Bundles the Worker from the documentation of `durableObject` with wrangler.
import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { NODE, out, TOOLS } from "./places.mjs";
import { PATIENCE, run } from "./processes.mjs";

const { resolve } = createRequire(import.meta.url);
const directory = out("durable-object");
/** The other settings of a Worker. */
const SETTINGS = `{
  "name": "receiver",
  "main": "index.ts",
  "compatibility_date": "2025-06-01",
  "vars": { "DOCUTRAY_WEBHOOK_SECRET": "secret", "DOCUTRAY_WEBHOOK_URL": "https://example.com/hooks" },`;
const TYPES = ["--noEmit", "--strict", "--module", "esnext", "--moduleResolution", "bundler", "--target", "es2022"];
/** Without the browser's types, since Workers have their own. */
const WORKERS = ["--lib", "es2024,esnext.disposable", "--types", "@cloudflare/workers-types"];

test("wrangler, the Worker of durableObject's documentation", { timeout: PATIENCE }, async () => {
  await writeDocumented();
  const { stdout } = await wrangler("deploy", "--dry-run", "--outdir", "dist");
  assert.match(stdout, /^env\.CLAIMS \(ClaimObject\) +Durable Object/m);
});

test("wrangler types, the same", { timeout: PATIENCE }, async () => {
  await writeDocumented();
  await wrangler("types", "--include-runtime=false");
  const generated = "worker-configuration.d.ts";
  assert.match(await readFile(join(directory, generated), "utf8"), /DurableObjectNamespace<.*\.ClaimObject>/);
  await run(NODE, [join(TOOLS, "typescript/bin/tsc"), ...TYPES, ...WORKERS, "index.ts", generated], { cwd: directory });
});

async function writeDocumented() {
  const types = join(dirname(resolve("docutray-webhook/package.json")), "idempotency/durable-object.d.ts");
  const text = (await readFile(types, "utf8")).replace(/^ \* ?/gm, "");
  const [, module] = /^```ts\n(.*?)^```/ms.exec(text);
  const [, settings] = /^```jsonc\n\{(.*?)^```/ms.exec(text);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, "index.ts"), module);
  await writeFile(join(directory, "wrangler.jsonc"), SETTINGS + settings);
}

function wrangler(...args) {
  return run(NODE, [join(TOOLS, "wrangler/bin/wrangler.js"), ...args], { cwd: directory });
}
