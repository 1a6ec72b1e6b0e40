// Compares what the verifier has read in each body with what `JSON.parse` reads: `node bodies.mjs FILE`.
import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
function compare({ body, fault, event: encoded }, place) {
  const bytes = Buffer.from(body, "base64");
  if (fault === "not_json") {
    assert.throws(() => JSON.parse(decoder.decode(bytes)), `line ${place}: JSON.parse reads what the verifier calls no JSON`);
    counts.notJson += 1;
    return;
  }
  // It does not fit its event, or is too deep and may be no JSON either.
  if (fault !== null) return;
  const read = JSON.parse(decoder.decode(bytes));
  const event = JSON.parse(Buffer.from(encoded, "base64").toString());
  const id = { C: "conversion_id", I: "identification_id", S: "step_execution_id" }[event.type[0]];
  assert.equal(event.id, event.type === "UNKNOWN" ? undefined : read[id], `line ${place}: the id`);
  if (event.type === "UNKNOWN") {
    same(event.payload, read, "free", `line ${place}: payload`);
  } else {
    const { unknown_fields: unknown, ...known } = event.payload;
    same({ ...known, ...unknown }, read, "top", `line ${place}: payload`);
  }
  counts.accepted += 1;
}

// The fields of Docutray's records within payloads.
const type = ["code", "name", "confidence"];
const messages = ["count", "messages"];
const RECORDS = {
  document_type: type,
  alternatives: type,
  identification: ["document_type", "confidence"],
  validation: ["errors", "warnings"],
  errors: messages,
  warnings: messages,
};

// Ours may lack a known field that is null, at the top. In a record, it lacks what is not known: only the raw body has it.
function mayLack(depth, name, value) {
  if (depth === "top") return value === null;
  return depth !== "free" && !RECORDS[depth].includes(name);
}

// Numbers to the last bit, and -0 is not 0.
function same(ours, theirs, depth, path) {
  if (typeof theirs !== "object" || theirs === null) {
    assert.ok(Object.is(ours, theirs), `${path}: ${String(ours)} instead of ${String(theirs)}`);
    return;
  }
  assert.equal(Array.isArray(ours), Array.isArray(theirs), path);
  for (const name of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const isOurs = Object.hasOwn(ours, name);
    if (!isOurs && mayLack(depth, name, theirs[name])) continue;
    assert.ok(isOurs && Object.hasOwn(theirs, name), `${path}: only one has ${name}`);
    same(ours[name], theirs[name], Array.isArray(theirs) ? depth : below(depth, name), `${path}.${name}`);
  }
}

function below(depth, name) {
  return depth !== "free" && Object.hasOwn(RECORDS, name) ? name : "free";
}

const counts = { accepted: 0, notJson: 0 };
let place = 0;
for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) {
  place += 1;
  compare(JSON.parse(line), place);
}
assert.ok(counts.accepted > 0 && counts.notJson > 0, "both kinds of bodies are there");
console.log(`JSON.parse: ${counts.accepted} accepted bodies the same, ${counts.notJson} refused by it too`);
