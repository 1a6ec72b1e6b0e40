// js/tools/COMMANDS.md is what the program says of itself.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "../program.mjs";

test("js/tools/COMMANDS.md is what `docutray-webhook help --markdown` prints: write it anew with that", async () => {
  const { code, stdout } = await run(["help", "--markdown"]);
  assert.equal(code, 0);
  assert.equal(await readFile(join(process.env.REPOSITORY, "js/tools/COMMANDS.md"), "utf8"), stdout);
});
