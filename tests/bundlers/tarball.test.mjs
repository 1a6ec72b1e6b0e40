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
const CHUNK = /^(?:tools\/)?chunks\/(?:[0-9A-Z]{8}\.c?js|[a-z]+\.cjs)$/;
/** For Node: what `require` loads, its types, and what `import` loads of it. */
const COMMON_JS = ["documents", "handler", "idempotency", "idempotency/dynamodb", "index", "lambda", "module", "node"];
/** The program, and the entry for tests. */
const TESTING = ["testing.cjs", "testing.d.cts", "testing.mjs", "tools/cli.cjs", "tools/testing.cjs"];
const WEB_ASSEMBLY = ["component", "docutray_webhook"];
/** Each module keeps a file of types of its own. The compiler writes them. */
const TYPES = /(?<!\.wasm)\.d\.ts$/;
const FILES = [
  ...ENTRIES.map((name) => `${name}.js`),
  ...COMMON_JS.flatMap((name) => [`${name}.cjs`, `${name}.d.cts`, `${name}.mjs`]),
  ...WEB_ASSEMBLY.flatMap((name) => [`${name}.wasm`, `${name}.wasm.d.ts`, `${name}.wasm.d.cts`]),
  ...TESTING,
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
  assert.deepEqual(names.filter((name) => !CHUNK.test(name) && !TYPES.test(name)).sort(), FILES.sort());
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
