import assert from "node:assert/strict";
import { test } from "node:test";
import { manifest, run } from "../program.mjs";

test("--version prints the package's version", async () => {
  assert.deepEqual(await run(["--version"]), { code: 0, stdout: `${manifest.version}\n`, stderr: "" });
});
