// The receiver does what the scripts of tests/cases/receiver say. The receiver in Rust runs the same scripts.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { suite, test } from "node:test";
import { stoppedClock } from "./clock.mjs";
import { saidDuring } from "./receiving.mjs";
import { outcomeOf, send } from "./scripts/sender.mjs";
import { world } from "./scripts/world.mjs";

const FOLDER = new URL("../cases/receiver/", import.meta.url);
/** When a script ends by default, in seconds. */
const UNTIL = 99;

for (const file of readdirSync(FOLDER).filter((file) => file.endsWith(".json"))) {
  suite(file, () => {
    for (const script of JSON.parse(readFileSync(new URL(file, FOLDER), "utf8"))) {
      const skip = script.only === "rust" && "of the Rust receiver alone";
      test(script.name, { skip }, (t) => happensAsWritten(t, script));
    }
  });
}

async function happensAsWritten(t, script) {
  const unhandled = t.mock.fn();
  process.on("unhandledRejection", unhandled);
  t.after(() => process.off("unhandledRejection", unhandled));
  const clock = stoppedClock(t);
  const { receiver, records, trace } = world(script);
  const requests = script.requests.map((request) => ({ request, expected: expectation(request) }));
  await saidDuring(async () => {
    for (const one of requests) {
      void send(receiver, one.request).then((got) => void (one.got = got));
    }
    await clock.pass(script.until ?? UNTIL);
  });
  // Records are written in the order of the answers.
  const inOrder = requests.toSorted((one, other) => one.expected.at - other.expected.at);
  assert.equal(records.length, inOrder.length, "a record for each request");
  for (const [place, { request, expected, got }] of inOrder.entries()) {
    assert.deepEqual(await outcomeOf(request, got, records[place]), expected);
  }
  assert.deepEqual(trace, script.trace);
  assert.equal(unhandled.mock.callCount(), 0);
}

/** Adds the defaults that a script may leave out. */
function expectation({ at = 0, answer }) {
  return { at, names: "event", ...answer };
}
