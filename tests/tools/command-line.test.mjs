import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

const require = createRequire(import.meta.url);
const manifest = require("docutray-webhook/package.json");
const program = join(dirname(require.resolve("docutray-webhook/package.json")), manifest.bin["docutray-webhook"]);

test("the program runs", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [program, "--version"]);
  assert.equal(stdout, `${manifest.version}\n`);
});
