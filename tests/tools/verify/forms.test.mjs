// Headers are read in the forms in which people keep them, and the body byte by byte.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { jsonLines, run } from "../program.mjs";
import { source } from "../source.mjs";

const { rule, readHead } = await source("rules.ts", "verify/head.ts");
const NOW = 1_705_314_600;
const SECRET = "whsec_test";
const REGISTERED = "https://example.com/hooks";
const BODY = Buffer.from('{"id":"\u00e9",\r\n"amount": 1250.00}\n');
const { headers } = rule("sign", {
  secret: SECRET,
  url: REGISTERED,
  event: "BATCH_ARCHIVED",
  body: { text: String(BODY) },
  now: NOW,
  requestId: "550e8400-e29b-41d4-a716-446655440000",
});
const LINES = headers.map(([name, value]) => `${name}: ${value}`);

const FORMS = {
  "lines of `Name: value`": LINES.join("\n"),
  "lines with CRLF": `${LINES.join("\r\n")}\r\n`,
  "no space after the colon": headers.map(([name, value]) => `${name}:${value}`).join("\n"),
  "names in lower case": headers.map(([name, value]) => `${name.toLowerCase()}: ${value}`).join("\n"),
  "the head of a request": ["POST /hooks HTTP/1.1", "Host: example.com", ...LINES, "", ""].join("\r\n"),
  "a whole request": ["POST /hooks HTTP/1.1", ...LINES, "", '{"other":"body"}'].join("\r\n"),
  "what curl -i shows": ["HTTP/2 200", ...LINES, "", "a body"].join("\r\n"),
  "what curl -v shows": ["> POST /hooks HTTP/1.1", "> Host: example.com", ...LINES.map((line) => `> ${line}`), "> "].join("\n"),
  "a byte order mark before": `\ufeff${LINES.join("\n")}`,
  "an empty line before": `\r\n${LINES.join("\n")}`,
  "JSON: names and values": JSON.stringify(Object.fromEntries(headers), null, 2),
  "JSON: names and lists of values": JSON.stringify(Object.fromEntries(headers.map(([name, value]) => [name, [value]]))),
  "JSON: pairs": JSON.stringify(headers),
  "JSON: one list, as Node's rawHeaders": JSON.stringify(headers.flat()),
  "JSON: objects with name and value": JSON.stringify(headers.map(([name, value]) => ({ name, value }))),
  "JSON: numbers": JSON.stringify(Object.fromEntries(headers)).replace(`"${NOW}"`, String(NOW)),
};

for (const [form, text] of Object.entries(FORMS)) {
  test(form, async (t) => {
    const directory = await mkdtemp(join(tmpdir(), "verify-"));
    t.after(() => rm(directory, { recursive: true }));
    await writeFile(join(directory, "head"), text);
    await writeFile(join(directory, "body"), BODY);
    const line = ["verify", "--headers", join(directory, "head"), "--body", join(directory, "body"), "--url", REGISTERED, "--now", String(NOW), "--json"];
    const { code, stdout, stderr } = await run(line, { env: { DOCUTRAY_WEBHOOK_SECRET: SECRET } });
    assert.equal(code, 0, stdout + stderr);
    const [{ type, verdict, event, steps }] = jsonLines(stdout);
    assert.deepEqual([type, verdict, event], ["explanation", "verified", "BATCH_ARCHIVED"]);
    assert.deepEqual(steps.map(({ state }) => state), Array(6).fill("passed"));
  });
}

test("a header that came twice is found in every form", () => {
  for (const text of ["a: 1\na: 2", '{"a":["1","2"]}', '[["a","1"],["a","2"]]', '["a","1","a","2"]']) {
    assert.deepEqual(readHead(text).fields, [["a", "1"], ["a", "2"]]);
  }
});

test("the target of a request is read", () => {
  assert.equal(readHead("POST /hooks?a=1 HTTP/1.1\r\nA: b").target, "/hooks?a=1");
  assert.equal(readHead("HTTP/1.1 200 OK\r\nA: b").target, undefined);
});

for (const [text, message] of [
  ["POST /hooks HTTP/1.1\nHost: x\nnot a header", /--headers: line 3 is no `Name: value`/],
  ["Host: x\n folded: y", /line 2 is no/],
  ["Host: x\nPOST /hooks HTTP/1.1", /line 2 is no/],
  ['{"a": ', /begins like JSON and is none/],
  ['{"a": {}}', /the value of a is no text/],
  ['{"a": null}', /the value of a is no text/],
  ['["a"]', /the value of a is no text/],
  ["[1]", /a field has no name/],
  ["[null]", /a field has no name/],
]) {
  test(`refused: ${JSON.stringify(text)}`, () => assert.throws(() => readHead(text), message));
}

test("an error does not repeat a line: it may be a secret", () => {
  assert.throws(() => readHead(`Host: x\n${SECRET}`), ({ message }) => !message.includes(SECRET));
});
