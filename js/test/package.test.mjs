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
const scripts = readdirSync(root, { recursive: true }).filter((file) => /\.[cm]?js$/.test(file));

test("`require` gives what `import` gives", () => {
  const required = require("./required.cjs");
  assert.equal(required.Verifier, imported.Verifier);
  assert.equal(required.WebhookError, imported.WebhookError);
  const { headers, body } = delivery();
  assert.equal(new required.Verifier({ secret: SECRET, url: URL }).verify(headers, body, NOW).id, "conv_1");
});

test("`require` of it draws no warning", () => {
  const { status, stderr } = spawnSync(process.execPath, ["--eval", 'require("docutray-webhook")'], {
    cwd: import.meta.dirname,
    encoding: "utf8",
  });
  assert.deepEqual([status, stderr], [0, ""]);
});

test("exports the two classes of its interface, nothing more", () => {
  assert.deepEqual(Object.keys(imported).sort(), ["Verifier", "WebhookError"]);
});

// A bundler would make a second file of it, a server without files would fail, and `require` refuses an await.
test("looks for no file, and waits for nothing", () => {
  assert.ok(scripts.length > 0);
  for (const script of scripts) {
    const source = readFileSync(join(root, script), "utf8");
    assert.doesNotMatch(source, /new URL\(|import\.meta|(?:await|return|=) fetch\(|["']node:|^await |^export \w+ \w+ = await /m, script);
  }
});

// Else a bundler makes a second file of it: only the entries of hosts that take nothing else name it.
test("names its WebAssembly file in two entries alone", () => {
  const naming = scripts.filter((script) => /^import .* from "[^"]*\.wasm/m.test(readFileSync(join(root, script), "utf8")));
  assert.deepEqual(naming.sort(), ["edge-light.js", "workerd.js"]);
});

test("needs no other package: what a store talks to is its user's own", () => {
  const { dependencies, peerDependencies, peerDependenciesMeta } = require("docutray-webhook/package.json");
  assert.equal(dependencies, undefined);
  const optional = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional);
  assert.deepEqual(optional, Object.keys(peerDependencies));
  for (const script of scripts) {
    const source = readFileSync(join(root, script), "utf8");
    const imports = source.matchAll(/^(?:import|export) (?:[^"]* from )?"([^"]+)"|\brequire\("([^"]+)"\)/gm);
    for (const [, imported, name = imported] of imports) {
      assert.match(name, /^(?:\.{1,2}\/|#core$)/, script);
    }
  }
});

const ENTRIES = ["", "/handler", "/node", "/lambda", "/idempotency", "/module"].map((subpath) => `docutray-webhook${subpath}`);

for (const name of ENTRIES) {
  test(`\`require\` of ${name} gives what \`import\` gives`, async () => {
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
    for (const entry of ["handler", "node", "lambda"]) {
      try {
        require("docutray-webhook/" + entry).createHandler({ secret: "", url: false, on: {} });
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
