import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import * as imported from "docutray-webhook";
import { delivery, NOW, SECRET, URL } from "./delivery.mjs";

const require = createRequire(import.meta.url);
const root = join(require.resolve("docutray-webhook/package.json"), "..");
const scripts = readdirSync(root, { recursive: true }).filter((file) => file.endsWith(".js"));

test("`require` returns the same as `import`", () => {
  const required = require("./required.cjs");
  assert.deepEqual({ ...required }, { ...imported });
  const { headers, body } = delivery();
  assert.equal(new required.Verifier({ secret: SECRET, url: URL }).verify(headers, body, NOW).id, "conv_1");
});

test("`require` prints no warning", () => {
  const { status, stderr } = spawnSync(process.execPath, ["--eval", 'require("docutray-webhook")'], {
    cwd: import.meta.dirname,
    encoding: "utf8",
  });
  assert.deepEqual([status, stderr], [0, ""]);
});

test("exports only the classes and functions of its interface", () => {
  const names = ["UnfitPayload", "Verifier", "WebhookError", "extra", "isCompleted", "isFailed", "isStarted"];
  assert.deepEqual(Object.keys(imported).sort(), names);
});

// A file would make bundlers write a second file and would fail on servers without files; `require` refuses an await.
test("reads no file and awaits nothing", () => {
  assert.ok(scripts.length > 0);
  for (const script of scripts) {
    const source = readFileSync(join(root, script), "utf8");
    assert.doesNotMatch(source, /new URL\(|import\.meta|(?:await|return|=) fetch\(|["']node:|^await |^export \w+ \w+ = await /m, script);
  }
});

// Bundlers write a second file for it, so only entries for hosts that need a file may name it.
test("names its WebAssembly file in only two entries", () => {
  const naming = scripts.filter((script) => /^import .* from "[^"]*\.wasm/m.test(readFileSync(join(root, script), "utf8")));
  assert.deepEqual(naming.sort(), ["edge-light.js", "workerd.js"]);
});

test("needs no other package: users pass their own clients to stores", () => {
  const { dependencies, peerDependencies, peerDependenciesMeta } = require("docutray-webhook/package.json");
  assert.equal(dependencies, undefined);
  const optional = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional);
  assert.deepEqual(optional, Object.keys(peerDependencies));
  for (const script of scripts) {
    const imports = readFileSync(join(root, script), "utf8").matchAll(/^(?:import|export) (?:[^"]* from )?"([^"]+)"/gm);
    const ofPackages = [...imports].map(([, name]) => name).filter((name) => !/^(?:\.{1,2}\/|#core$)/.test(name));
    // Of the commands of the AWS SDK, no shape tells the client what to do.
    assert.deepEqual(ofPackages, script === "idempotency/dynamodb.js" ? ["@aws-sdk/client-dynamodb"] : [], script);
  }
});

for (const subpath of ["documents", "handler", "node", "lambda", "idempotency", "module"]) {
  test(`\`require\` of docutray-webhook/${subpath} returns the same as \`import\``, async () => {
    const name = `docutray-webhook/${subpath}`;
    const [required, imported] = [require(name), { ...(await import(name)) }];
    assert.ok(Object.keys(imported).length > 0);
    assert.deepEqual({ ...required }, imported);
  });
}
