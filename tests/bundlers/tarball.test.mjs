// Checks the packed package: its files, and the verdicts of two linters for packages.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { NODE, TOOLS } from "./places.mjs";
import { run } from "./processes.mjs";

const PROJECT = join(import.meta.dirname, "..");
const PACKAGE = join(PROJECT, "node_modules/docutray-webhook");

/** One file for each entry, for all hosts but Node. What several of them need is in chunks. */
const ENTRIES = ["documents", "edge-light", "handler", "idempotency", "idempotency/dynamodb", "index", "lambda", "module", "node", "workerd"];
const CHUNK = /^chunks\/(?:[0-9A-Z]{8}\.c?js|[a-z]+\.cjs)$/;
/** Modules, each of which keeps its own file of types. */
const TYPED = [
  "api",
  "base64",
  "body",
  "body-check",
  "copied",
  "delivery",
  "documents",
  "documents/documents",
  "documents/issue-path",
  "documents/standard-schema",
  "documents/steps",
  "documents/typed-data",
  "error",
  "event",
  "event-stages",
  "extra",
  "generated/bindings",
  "generated/bytes",
  "generated/limits",
  "generated/version",
  "handler",
  "handler/request",
  "handler/wait-until",
  "handler-types",
  "headers",
  "idempotency",
  "idempotency/claim-call",
  "idempotency/claim-record",
  "idempotency/d1",
  "idempotency/deno-kv",
  "idempotency/durable-object",
  "idempotency/durations",
  "idempotency/dynamodb",
  "idempotency/health",
  "idempotency/key-hash",
  "idempotency/memory",
  "idempotency/memory-warning",
  "idempotency/postgres",
  "idempotency/postgres/statements",
  "idempotency/redis",
  "idempotency/redis/clients",
  "idempotency/redis/scripts",
  "idempotency/sqlite",
  "idempotency/sqlite/statements",
  "idempotency/store",
  "idempotency/versioned-records",
  "lambda",
  "lambda/authorizer",
  "lambda/authorizer-event",
  "lambda/authorizer-response",
  "lambda/handler",
  "lambda/event-kind",
  "lambda/function-body",
  "lambda/function-event",
  "lambda/headers",
  "module",
  "module/failure",
  "module/fields",
  "module/inline",
  "module/instance",
  "module/module-text",
  "node",
  "node/express/line-to-move",
  "node/express/stack",
  "node/fastify",
  "node/handler",
  "node/http",
  "node/raw-body",
  "node/refuse-call",
  "options",
  "payload",
  "pieces",
  "prepared",
  "receiver/arrival",
  "receiver/body-budget",
  "receiver/bounded-log",
  "receiver/claims",
  "receiver/handlers",
  "receiver/handles",
  "receiver/incoming",
  "receiver/lease",
  "receiver/options",
  "receiver/outcome",
  "receiver/process",
  "receiver/receiver",
  "receiver/record",
  "receiver/refusals",
  "receiver/report",
  "receiver/time",
  "request",
  "right-entry",
  "unfit-payload",
  "value-kind",
  "verifier",
  "verifier-options",
];
/** For Node: what `require` loads, its types, and what `import` loads of it. */
const COMMON_JS = ["documents", "handler", "idempotency", "idempotency/dynamodb", "index", "lambda", "module", "node"];
const WEB_ASSEMBLY = ["component", "docutray_webhook"];
const FILES = [
  ...ENTRIES.map((name) => `${name}.js`),
  ...TYPED.map((name) => `${name}.d.ts`),
  ...COMMON_JS.flatMap((name) => [`${name}.cjs`, `${name}.d.cts`, `${name}.mjs`]),
  ...WEB_ASSEMBLY.flatMap((name) => [`${name}.wasm`, `${name}.wasm.d.ts`, `${name}.wasm.d.cts`]),
  "CHANGELOG.md",
  "LICENSE-APACHE",
  "LICENSE-MIT",
  "README.md",
  "package.json",
];

async function tarball() {
  const [name, ...more] = (await readdir(PROJECT)).filter((file) => file.endsWith(".tgz"));
  assert.deepEqual(more, []);
  return join(PROJECT, name);
}

test("contains only files that are used", async () => {
  const entries = await readdir(PACKAGE, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const names = files.map((file) => file.slice(PACKAGE.length + 1));
  assert.deepEqual(names.filter((name) => !CHUNK.test(name)).sort(), FILES.sort());
  // CommonJS has the same chunks.
  const shared = names.filter((name) => CHUNK.test(name) && name.endsWith(".js"));
  assert.ok(shared.length < 15, `a process opens few files: ${shared}`);
});

test("has a README whose links work on npm", async () => {
  const readme = await readFile(join(PACKAGE, "README.md"), "utf8");
  const links = [...readme.matchAll(/\]\(([^)]*)\)/g)].map(([, link]) => link);
  assert.ok(links.length > 3);
  assert.deepEqual(links.filter((link) => !link.startsWith("https://")), []);
});

test("says where it comes from, and where to tell of a fault", async () => {
  const { homepage, bugs, repository, keywords } = JSON.parse(await readFile(join(PACKAGE, "package.json"), "utf8"));
  const [, place] = /^git\+(https:.*)\.git$/.exec(repository.url);
  assert.equal(homepage, `${place}#readme`);
  assert.deepEqual(bugs, { url: `${place}/issues` });
  assert.deepEqual(keywords, [...new Set(keywords)]);
});

test("installs without other packages", async () => {
  const manifest = JSON.parse(await readFile(join(PACKAGE, "package.json"), "utf8"));
  const { scripts, dependencies, optionalDependencies, devDependencies } = manifest;
  assert.deepEqual({ scripts, dependencies, optionalDependencies, devDependencies }, {
    scripts: undefined,
    dependencies: undefined,
    optionalDependencies: undefined,
    devDependencies: undefined,
  });
  const { peerDependencies, peerDependenciesMeta } = manifest;
  for (const name of Object.keys(peerDependencies)) {
    assert.equal(peerDependenciesMeta[name].optional, true, name);
  }
  assert.equal(manifest.license, "MIT OR Apache-2.0");
});

test("the component is a component, and the module is not", async () => {
  const layer = async (name) => (await readFile(join(PACKAGE, name))).readUInt16LE(6);
  assert.deepEqual([await layer("docutray_webhook.wasm"), await layer("component.wasm")], [0, 1]);
});

test("publint finds nothing", async () => {
  const { stdout } = await run(NODE, [join(TOOLS, "publint/src/cli.js"), "run", await tarball(), "--strict"]);
  assert.match(stdout, /All good!/);
});

test("arethetypeswrong finds nothing", async () => {
  const cli = join(TOOLS, "@arethetypeswrong/cli/dist/index.js");
  const { stdout } = await run(NODE, [cli, await tarball(), "--format", "json"]);
  assert.deepEqual(JSON.parse(stdout).problems, {});
});
