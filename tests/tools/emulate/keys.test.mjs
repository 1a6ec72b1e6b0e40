// On a terminal, a key is enough.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInTerminal } from "../program.mjs";

test("q ends it with 0", async () => {
  const { code, screen } = await runInTerminal(["emulate", "--port", "0"], { typed: [["q ends", "xq"]] });
  assert.equal(code, 0);
  assert.match(screen, /Docutray's webhooks are emulated at .*http:\/\/127\.0\.0\.1:\d+/);
});

test("Ctrl-C interrupts", async () => {
  const { code } = await runInTerminal(["emulate", "--port", "0"], { typed: [["q ends", "\u0003"]] });
  assert.equal(code, 130);
});
