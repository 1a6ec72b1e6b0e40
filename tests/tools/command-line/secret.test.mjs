// A secret comes from the environment or a prompt that shows nothing, and is printed nowhere.
import assert from "node:assert/strict";
import { test } from "node:test";
import { answering, startEndpoint } from "../endpoint.mjs";
import { run, runInTerminal } from "../program.mjs";

const SECRET = "whsec_5d0c7b9a1f";
const PROMPT = "(not shown): ";

function lineTo(url, ...more) {
  return ["send", "CONVERSION_COMPLETED", "--to", url, ...more];
}

test("without a terminal nothing is asked: the error names the variable", async (t) => {
  const { url, received } = await startEndpoint(t);
  const { code, stdout, stderr } = await run(lineTo(url), { input: `${SECRET}\n` });
  assert.deepEqual([code, stdout], [2, ""]);
  assert.match(stderr, /^docutray-webhook: send needs the secret: set DOCUTRAY_WEBHOOK_SECRET /);
  assert.equal(received.length, 0);
});

test("in a terminal it is asked for, and signs what is sent as the same secret from the environment does", async (t) => {
  const { url, received } = await startEndpoint(t);
  const { code, screen } = await runInTerminal(lineTo(url), { typed: [[PROMPT, `${SECRET}\r`]] });
  assert.equal(code, 0, screen);
  assert.match(screen, /<-- .*200/);
  assert.equal(screen.includes(SECRET), false, screen);
  const { createHmac } = await import("node:crypto");
  const [{ headers, body }] = received;
  assert.equal(headers["x-docutray-signature"], `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`);
});

test("Ctrl-C at the prompt interrupts, an empty line and Ctrl-D are no secret", async (t) => {
  const { url, received } = await startEndpoint(t);
  for (const [keys, expected] of [["\u0003", 130], ["\r", 2], ["\u0004", 2]]) {
    const { code, screen } = await runInTerminal(lineTo(url), { typed: [[PROMPT, keys]] });
    assert.equal(code, expected, screen);
  }
  assert.equal(received.length, 0);
});

test("no output has it: neither with a good answer, nor a bad one, nor none, nor with --json", async (t) => {
  const good = await startEndpoint(t);
  const bad = await startEndpoint(t, answering(401));
  for (const url of [good.url, bad.url, "http://127.0.0.1:1/"]) {
    for (const more of [[], ["--json"], ["--tamper", "secret"], ["--url", `${url}/`]]) {
      for (const given of [{ env: { DOCUTRAY_WEBHOOK_SECRET: SECRET } }, { more: ["--secret", SECRET] }]) {
        const { stdout, stderr } = await run(lineTo(url, ...more, ...(given.more ?? [])), given);
        assert.notEqual(stdout, "");
        assert.equal((stdout + stderr).includes(SECRET), false, more.join(" "));
      }
    }
  }
});
