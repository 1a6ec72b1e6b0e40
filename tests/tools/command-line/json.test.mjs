// With --json every line of stdout is JSON with a type, whatever happens.
import assert from "node:assert/strict";
import { test } from "node:test";
import { answering, startEndpoint } from "../endpoint.mjs";
import { jsonLines, run } from "../program.mjs";

const env = { DOCUTRAY_WEBHOOK_SECRET: "whsec_test", DOCUTRAY_WEBHOOK_JSON: "1", FORCE_COLOR: "1" };

test("send: one line for each attempt, without colour", async (t) => {
  const { url } = await startEndpoint(t, answering(503, 204));
  const { code, stdout } = await run(["send", "CONVERSION_COMPLETED", "--to", url, "--retries", "--speed", "100000"], { env });
  assert.equal(code, 0);
  const lines = jsonLines(stdout);
  assert.deepEqual(lines.map(({ type, attempt, good, answer }) => [type, attempt, good, answer.status]), [
    ["delivery", 1, false, 503],
    ["delivery", 2, true, 204],
  ]);
});

test("send without an answer", async () => {
  const { code, stdout } = await run(["send", "CONVERSION_COMPLETED", "--to", "http://127.0.0.1:1/"], { env });
  assert.equal(code, 3);
  assert.deepEqual(jsonLines(stdout).map(({ answer }) => answer.failure), ["refused"]);
});

test("help and completion", async () => {
  for (const [line, type] of [[["help"], "help"], [["completion", "bash"], "completion"]]) {
    const { code, stdout } = await run(line, { env });
    assert.equal(code, 0);
    assert.deepEqual(jsonLines(stdout).map((each) => each.type), [type]);
  }
});

test("a wrong command line prints nothing on stdout", async () => {
  const { code, stdout } = await run(["send"], { env });
  assert.deepEqual([code, stdout], [2, ""]);
});
