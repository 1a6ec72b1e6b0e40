// The sample receiver of Docutray's documentation fails, and the doctor says why.
import assert from "node:assert/strict";
import { test } from "node:test";
import { documentedSample } from "./documented-sample.mjs";
import { codes, doctor, examined, listening, SECRET } from "./examined.mjs";

test("the documented sample fails for what it does not verify", async (t) => {
  const { code, diagnoses, summary } = await examined(await listening(t, documentedSample({ secret: SECRET })));
  assert.equal(code, 1);
  assert.deepEqual(codes(diagnoses, "failed"), [
    "accepts_changed_metadata",
    "accepts_doubled_header",
    "accepts_loose_timestamp",
    "accepts_malformed_header",
    "accepts_missing_auth_signature",
    "accepts_no_object",
    "accepts_other_url",
    "accepts_spliced",
    "accepts_wrong_auth_signature",
  ]);
  assert.match(summary.note, /documentation.* body alone.*parseInt.*===/);
});

test("people read why", async (t) => {
  const { code, stdout, stderr } = await doctor(await listening(t, documentedSample({ secret: SECRET })));
  assert.equal(code, 1);
  assert.match(stdout, /^ {2}FAIL refuses a timestamp that is not digits alone \[accepts_loose_timestamp\]\n {7}It answered 200/m);
  assert.match(stdout, /parseInt\s+reads\s+123abc\s+as\s+123/);
  assert.match(stdout, /sample receiver in Docutray's documentation/);
  assert.match(stdout, /^\d+ passed, 9 failed, \d+ warnings, \d+ cannot be seen from outside$/m);
  assert.ok(!stdout.includes("\u001b") && !(stdout + stderr).includes(SECRET));
});
