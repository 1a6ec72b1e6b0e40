// verify says which step failed and which usual mistake it was. Exit code 0 is verified, 1 is not.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { jsonLines, run, runInTerminal } from "../program.mjs";
import { source } from "../source.mjs";

const { rule } = await source("rules.ts");
const NOW = 1_705_314_600;
const SECRET = "whsec_5d0c7b9a1f";
const REGISTERED = "https://example.com/hooks";

/** Writes a delivery to files. Returns the line that verifies it. */
async function captured(t, { change = (body) => body, query = "" } = {}) {
  const directory = await mkdtemp(join(tmpdir(), "verify-"));
  t.after(() => rm(directory, { recursive: true }));
  const event = "CONVERSION_COMPLETED";
  const { body } = rule("sample", { name: event, now: NOW });
  const requestId = "550e8400-e29b-41d4-a716-446655440000";
  const { headers } = rule("sign", { secret: SECRET, url: REGISTERED + query, event, body, now: NOW, requestId });
  const head = [`POST /hooks${query} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`), "", ""].join("\r\n");
  await writeFile(join(directory, "head"), head);
  await writeFile(join(directory, "body"), change(body.text));
  return ["verify", "--headers", join(directory, "head"), "--body", join(directory, "body"), "--url", REGISTERED, "--now", String(NOW)];
}

const verified = async (line, secret = SECRET) => {
  const { code, stdout, stderr } = await run([...line, "--json"], { env: { DOCUTRAY_WEBHOOK_SECRET: secret } });
  assert.notEqual(stdout, "", stderr);
  return { code, ...jsonLines(stdout)[0] };
};

test("a genuine delivery: 0", async (t) => {
  const { code, verdict, key } = await verified(await captured(t));
  assert.deepEqual([code, verdict, key.startsWith("CONVERSION_COMPLETED:")], [0, "verified", true]);
});

test("a changed body: 1, and the step that failed", async (t) => {
  const { code, verdict, error, steps } = await verified(await captured(t, { change: (body) => body.replace("1250.00", "9250.00") }));
  assert.deepEqual([code, verdict, error.code, error.field], [1, "refused", "signature_mismatch", "x-docutray-signature"]);
  assert.deepEqual(steps.map(({ state }) => state), ["passed", "passed", "passed", "failed", "notReached", "notReached"]);
});

test("each byte of the body counts, and the mistake is named", async (t) => {
  for (const [change, mistake] of [
    [(body) => `${body}\n`, "body_trailing_newline"],
    [(body) => `\ufeff${body}`, "body_byte_order_mark"],
    [(body) => JSON.stringify(JSON.parse(body), null, 2).replace(/1250\b/, "1250.00").replace("49.9,", "49.90,").replace(/: 126\b/, ": 126.00").replace(/49\.9\b/, "49.90"), "body_serialised_again"],
  ]) {
    const result = await verified(await captured(t, { change }));
    assert.deepEqual([result.code, result.mistake?.name], [1, mistake]);
  }
});

test("a line's end in the secret of the environment is not hidden", async (t) => {
  const result = await verified(await captured(t), `${SECRET}\n`);
  assert.deepEqual([result.code, result.mistake?.name], [1, "secret_white_space"]);
});

test("the wrong URL, and none", async (t) => {
  const line = await captured(t);
  const wrong = await verified([...line, "--url", `${REGISTERED}/`]);
  assert.deepEqual([wrong.code, wrong.error.code, wrong.mistake?.name], [1, "auth_signature_mismatch", "url_slash"]);
  const none = await verified(line.filter((word) => word !== "--url" && word !== REGISTERED));
  assert.deepEqual([none.code, none.steps[1].state], [0, "skipped"]);
});

test("the request's first line tells what is missing in the URL", async (t) => {
  const result = await verified(await captured(t, { query: "?tenant=a&b=c" }));
  assert.deepEqual([result.code, result.mistake?.name], [1, "url_target"]);
});

test("its time: the present, another, a tolerance", async (t) => {
  const line = await captured(t);
  const old = await verified(line.filter((word) => word !== "--now" && word !== String(NOW)));
  assert.equal(old.error.code, "timestamp_too_old");
  const late = [...line, "--now", String(NOW + 301)];
  assert.equal((await verified(late)).error.code, "timestamp_too_old");
  assert.equal((await verified([...late, "--tolerance", "301"])).verdict, "verified");
});

test("a body that is larger than it may be", async (t) => {
  assert.equal((await verified([...(await captured(t)), "--max-body", "100"])).error.code, "body_too_large");
});

test("several secrets: one that fits is enough", async (t) => {
  const line = await captured(t);
  const { code } = await run([...line, "--secret", "whsec_new", "--secret", SECRET], {});
  assert.equal(code, 0);
});

test("stdin as the body", async (t) => {
  const line = await captured(t);
  const { body } = rule("sample", { name: "CONVERSION_COMPLETED", now: NOW });
  line[line.indexOf("--body") + 1] = "-";
  const { code } = await run(line, { env: { DOCUTRAY_WEBHOOK_SECRET: SECRET }, input: body.text });
  assert.equal(code, 0);
});

test("for people: the verdict on stdout, steps and advice on stderr, and no secret or expected MAC anywhere", async (t) => {
  const line = await captured(t, { change: (body) => `${body}\n` });
  const { code, screen } = await runInTerminal(line, { typed: [["(not shown): ", `${SECRET}\r`]], env: { NO_COLOR: "1" } });
  assert.equal(code, 1);
  assert.match(screen, /^refused  signature_mismatch  x-docutray-signature  CONVERSION_COMPLETED/m);
  assert.match(screen, /^ {2}ok {7}metadata /m);
  assert.match(screen, /^ {2}failed {3}body /m);
  assert.match(screen, /^what fits \(body_trailing_newline\): /m);
  assert.equal(screen.includes(SECRET), false);
  assert.equal(/[0-9a-f]{64}/.test(screen), false, screen);
});
