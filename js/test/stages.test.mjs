// The type guards for an event's stage, and fields that no type declares.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { extra, isCompleted, isFailed, isStarted, Verifier } from "docutray-webhook";
import { completed, delivery, NOW, SECRET, URL } from "./delivery.mjs";

const verifier = new Verifier({ secret: SECRET, url: URL });
const IDS = { CONVERSION: "conversion_id", IDENTIFICATION: "identification_id", STEP: "step_execution_id" };
const STATUS = { STARTED: "PROCESSING", COMPLETED: "SUCCESS", FAILED: "ERROR" };
const GUARDS = { STARTED: isStarted, COMPLETED: isCompleted, FAILED: isFailed };

function verified(event, payload) {
  const { headers, body } = delivery({ event, payload });
  return verifier.verify(headers, body, NOW);
}

/** Returns a payload with the fields of all events of a stage. */
function payloadOf(family, stage) {
  return completed({
    [IDS[family]]: "id",
    status: STATUS[stage],
    step_id: "s",
    step_name: "n",
    document_type: { code: "c", name: "n", confidence: 1 },
    alternatives: [],
  });
}

function stages(event) {
  return Object.keys(GUARDS).filter((stage) => GUARDS[stage](event));
}

suite("the stage of", () => {
  for (const family of Object.keys(IDS)) {
    for (const stage of Object.keys(STATUS)) {
      test(`${family}_${stage}`, () => {
        assert.deepEqual(stages(verified(`${family}_${stage}`, payloadOf(family, stage))), [stage]);
      });
    }
  }

  test("an unknown event is none of the three, whatever its name", () => {
    const event = verified("FLOW_COMPLETED", {});
    assert.equal(event.type, "UNKNOWN");
    assert.deepEqual(stages(event), []);
  });
});

test("extra returns undeclared fields of the payload and of its nested objects", () => {
  const identification = { document_type: { code: "c", name: "n", confidence: 1, group: "g" }, confidence: 1 };
  const payload = { ...payloadOf("STEP", "COMPLETED"), pages: [1], identification };
  const event = verified("STEP_COMPLETED", payload);
  assert.deepEqual(extra(event.payload).pages, [1]);
  assert.equal(extra(event.payload).not_there, undefined);
  assert.equal(extra(event.payload.identification.document_type).group, "g");
});
