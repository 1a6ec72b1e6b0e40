// Compares what the verifier has read in each body with what `JSON.parse` reads: `node bodies.mjs FILE`.
import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const counts = { accepted: 0, notJson: 0, others: 0 };
let place = 0;
for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) {
  place += 1;
  compare(JSON.parse(line), place);
}
assert.ok(counts.accepted > 0 && counts.notJson > 0, "both kinds of bodies are there");
console.log(`JSON.parse: ${counts.accepted} accepted bodies the same, ${counts.notJson} refused by it too`);

function compare({ body, fault, event }, place) {
  const bytes = Buffer.from(body, "base64");
  if (fault === "not_json") {
    assert.throws(() => JSON.parse(decoder.decode(bytes)), `line ${place}: JSON.parse reads what the verifier calls no JSON`);
    counts.notJson += 1;
    return;
  }
  const read = JSON.parse(decoder.decode(bytes));
  if (fault !== null) {
    counts.others += 1;
    return;
  }
  const id = { C: "conversion_id", I: "identification_id", S: "step_execution_id" }[event.type[0]];
  assert.equal(event.id, event.type === "UNKNOWN" ? undefined : read[id], `line ${place}: the id`);
  same(event.payload, read, event.type !== "UNKNOWN", `line ${place}: payload`);
  counts.accepted += 1;
}

// Strict: numbers to the last bit, and -0 is not 0. A known field that is `null` may be left out.
function same(ours, theirs, mayLack, path) {
  if (typeof theirs !== "object" || theirs === null) {
    assert.ok(Object.is(ours, theirs), `${path}: ${String(ours)} instead of ${String(theirs)}`);
    return;
  }
  assert.equal(Array.isArray(ours), Array.isArray(theirs), path);
  const names = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  for (const name of names) {
    if (mayLack && theirs[name] === null && !Object.hasOwn(ours, name)) continue;
    assert.ok(Object.hasOwn(ours, name) && Object.hasOwn(theirs, name), `${path}: only one has ${name}`);
    same(ours[name], theirs[name], false, `${path}.${name}`);
  }
}
