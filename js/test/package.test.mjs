import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import * as imported from "docutray-webhook";
import { delivery, NOW, SECRET, URL } from "./delivery.mjs";

const require = createRequire(import.meta.url);
const root = join(require.resolve("docutray-webhook/package.json"), "..");
const scripts = readdirSync(root, { recursive: true }).filter((file) => file.endsWith(".js"));

test("`require` gives what `import` gives", () => {
  const required = require("./required.cjs");
  assert.equal(required.Verifier, imported.Verifier);
  assert.equal(required.WebhookError, imported.WebhookError);
  const { headers, body } = delivery();
  assert.equal(new required.Verifier({ secret: SECRET, url: URL }).verify(headers, body, NOW).id, "conv_1");
});

test("exports the two classes of its interface, nothing more", () => {
  assert.deepEqual(Object.keys(imported).sort(), ["Verifier", "WebhookError"]);
});

// A bundler would make a second file of it, a server without files would fail, and `require` refuses an await.
test("looks for no file, and waits for nothing", () => {
  assert.ok(scripts.length > 0);
  for (const script of scripts) {
    const source = readFileSync(join(root, script), "utf8");
    assert.doesNotMatch(source, /new URL\(|import\.meta|\bfetch\(|node:|^await |^export \w+ \w+ = await /m, script);
  }
});

test("holds no WebAssembly beside its scripts, and needs no other package", () => {
  assert.deepEqual(readdirSync(root, { recursive: true }).filter((file) => file.endsWith(".wasm")), []);
  const { dependencies, peerDependencies } = require("docutray-webhook/package.json");
  assert.deepEqual([dependencies, peerDependencies], [undefined, undefined]);
});
