// A command line that cannot be: exit code 2, one line on stderr that says what to write, nothing on stdout.
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "../program.mjs";

const SECRET = "whsec_8c1f2e";
const TO = ["--to", "http://localhost:1/"];
const env = { DOCUTRAY_WEBHOOK_SECRET: SECRET };

const CASES = [
  [["sned"], /no command "sned"\. Did you mean send\?/],
  [["send"], /send needs EVENT/],
  [["send", "CONVERSION_STARTED"], /send needs --to URL, or DOCUTRAY_WEBHOOK_TO/],
  [["send", "CONVERSION_STARTED", "--to"], /--to needs a value: --to URL/],
  [["send", "CONVERSION_STARTED", "--to", "--json"], /--to needs a value.* write --to=VALUE/],
  [["send", "CONVERSION_STARTED", "--ot", "x"], /no option --ot\. Did you mean --to\?/],
  [["send", "conversion-started", ...TO], /"conversion-started" is none of .* Did you mean CONVERSION_STARTED\?/],
  [["send", "CONVERSION_STARTED", ...TO, "--tamper", "bdoy"], /"bdoy" is none of .* Did you mean body\?/],
  [["send", "CONVERSION_STARTED", ...TO, "--repeat", "0"], /--repeat must be a whole number from 1 to 10000/],
  [["send", "CONVERSION_STARTED", ...TO, "--repeat", "1.5"], /--repeat must be a whole number/],
  [["send", "CONVERSION_STARTED", ...TO, "--age", "1e3"], /--age must be a whole number/],
  [["send", "CONVERSION_STARTED", ...TO, "--json=perhaps"], /--json must be true or false/],
  [["send", "CONVERSION_STARTED", ...TO, "--set", "amount"], /--set needs a path and a value/],
  [["send", "CONVERSION_STARTED", ...TO, "--set", "nothing.here=1"], /no member "nothing"/],
  [["send", "CONVERSION_STARTED", ...TO, "--retries", "--tamper", "body"], /--retries and --tamper exclude each other/],
  [["send", "CONVERSION_STARTED", "--to", "localhost:3000"], /--to: it must begin with http:\/\/ or https:\/\//],
  [["send", "CONVERSION_STARTED", "--to", "http://user:pass@localhost/"], /--to: it must not contain a user name or a password/],
  [["send", "CONVERSION_STARTED", ...TO, "--payload", "/no/such/file"], /"\/no\/such\/file" cannot be read \(ENOENT\)/],
  [["send", "CONVERSION_STARTED", "CONVERSION_FAILED", ...TO, "--payload", "-"], /--payload is one event/],
  [["verify", "--headers", "-", "--body", "-"], /cannot both be stdin/],
  [["completion", "tcsh"], /SHELL: "tcsh" is none of bash, zsh, fish/],
  [["help", "sned"], /Did you mean send\?/],
  [["--json"], /--json is an option of no command, or stands before/],
];

for (const [line, message] of CASES) {
  test(line.join(" "), async () => {
    const { code, stdout, stderr } = await run(line, { env });
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /^docutray-webhook: .*\n$/, "more than one line");
    assert.match(stderr, message);
  });
}

test("an operand that is too many is not repeated: it may be a secret", async () => {
  const { code, stdout, stderr } = await run(["completion", "bash", SECRET], { env });
  assert.equal(code, 2);
  assert.equal((stdout + stderr).includes(SECRET), false);
});

test("the value of an unknown option is not repeated", async () => {
  for (const line of [["send", `--secrt=${SECRET}`], [`--secrt=${SECRET}`], ["send", "CONVERSION_STARTED", "--secrt", SECRET]]) {
    const { code, stdout, stderr } = await run(line, { env });
    assert.equal(code, 2);
    assert.equal((stdout + stderr).includes(SECRET), false, line.join(" "));
  }
});
