import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import * as imported from "docutray-webhook";
import { delivery, NOW, SECRET, URL } from "./delivery.mjs";

const require = createRequire(import.meta.url);
const root = join(require.resolve("docutray-webhook/package.json"), "..");
const scripts = readdirSync(root, { recursive: true }).filter((file) => /\.[cm]?js$/.test(file));
const production = scripts.filter((file) => !/^tools[\\/]/.test(file));

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

// npm runs `node-gyp` for a package that has this file.
test("runs nothing when it is installed, and installs nothing else", () => {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  assert.equal(manifest.scripts, undefined);
  assert.equal(existsSync(join(root, "binding.gyp")), false);
  for (const kind of ["dependencies", "optionalDependencies", "bundleDependencies"]) {
    assert.equal(manifest[kind], undefined, kind);
  }
});

test("exports only the classes and functions of its interface", () => {
  const names = ["UnfitPayload", "Verifier", "WebhookError", "extra", "isCompleted", "isFailed", "isStarted"];
  assert.deepEqual(Object.keys(imported).sort(), names);
});

// A file would make bundlers write a second file and would fail on servers without files; `require` refuses an await. The tools are
// programs for Node alone, which no other entry reaches.
test("reads no file and awaits nothing", () => {
  assert.ok(production.length > 0);
  for (const script of production) {
    const source = readFileSync(join(root, script), "utf8");
    assert.doesNotMatch(source, /import\.meta|(?:await|return|=) fetch\(|["']node:|^await |^export \w+ \w+ = await /m, script);
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
  for (const script of production) {
    const source = readFileSync(join(root, script), "utf8");
    const imports = source.matchAll(/^(?:import|export) (?:[^"]* from )?"([^"]+)"|\brequire\("([^"]+)"\)/gm);
    const names = [...imports].map(([, imported, required]) => imported ?? required);
    const ofPackages = names.filter((name) => !/^(?:\.{1,2}\/|#core$)/.test(name));
    // Of the commands of the AWS SDK, no shape tells the client what to do.
    const allowed = ["idempotency/dynamodb.js", "chunks/dynamodb.cjs"].includes(script) ? ["@aws-sdk/client-dynamodb"] : [];
    assert.deepEqual(ofPackages, allowed, script);
  }
  for (const script of scripts.filter((file) => !production.includes(file))) {
    const source = readFileSync(join(root, script), "utf8");
    const names = [...source.matchAll(/\brequire\("([^"]+)"\)|\bfrom\s*"([^"]+)"/g)].map(([, required, imported]) => required ?? imported);
    assert.deepEqual(names.filter((name) => !/^(?:\.{1,2}\/|node:)/.test(name)), [], script);
  }
});

const SUBPATHS = ["", "/documents", "/handler", "/node", "/lambda", "/idempotency", "/module"];

for (const name of SUBPATHS.map((subpath) => `docutray-webhook${subpath}`)) {
  test(`\`require\` of ${name} returns the same as \`import\``, async () => {
    const [required, imported] = [require(name), { ...(await import(name)) }];
    assert.ok(Object.keys(imported).length > 0);
    assert.deepEqual({ ...required }, imported);
  });

  // AWS Lambda and Vercel start Node so, and so do Jest and Plug'n'Play load.
  test(`\`require\` of ${name} needs no \`require\` of ES modules`, () => {
    const program = `
      const required = require(${JSON.stringify(name)});
      import(${JSON.stringify(name)}).then((imported) => {
        console.log(Object.keys(imported).every((key) => imported[key] === required[key]));
      });`;
    assert.equal(withoutRequireOfModules(program), "true");
  });
}

test("one class of errors for all that is required", () => {
  const program = `
    const { WebhookError } = require("docutray-webhook");
    for (const [entry, name] of Object.entries({ handler: "webHandler", node: "nodeHandler", lambda: "lambdaHandler" })) {
      try {
        require("docutray-webhook/" + entry)[name]({ secret: "", url: false, on: {} });
      } catch (error) {
        console.log(error instanceof WebhookError && error.code);
      }
    }`;
  assert.equal(withoutRequireOfModules(program), "invalid_config\n".repeat(3).trim());
});

// What bundlers go by that follow no call for its effect alone.
test("nothing in it is for its effect", () => {
  assert.equal(require("docutray-webhook/package.json").sideEffects, false);
});

function withoutRequireOfModules(program) {
  const options = ["--no-experimental-require-module", "--input-type=commonjs", "--eval", program];
  const { stdout, stderr } = spawnSync(process.execPath, options, { cwd: import.meta.dirname, encoding: "utf8" });
  assert.equal(stderr, "");
  return stdout.trim();
}
