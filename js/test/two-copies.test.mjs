// A bundle may contain this package twice: one part imports a handler of it, and another part `UnfitPayload`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { UnfitPayload } from "docutray-webhook";
import { receiver, request, saidDuring, told } from "./receiving.mjs";

// Node loads the `.mjs`, which re-exports the `.cjs`. The `.js` is for other hosts, and a copy of its own.
const { UnfitPayload: OthersUnfitPayload } = await import(import.meta.resolve("docutray-webhook").replace(/\.mjs$/, ".js"));

test("an UnfitPayload of another copy sends the delivery to onUnfit", async () => {
  assert.notEqual(OthersUnfitPayload, UnfitPayload);
  const kept = [];
  const { handler } = receiver({
    handle: () => {
      throw new OthersUnfitPayload({ field: "data.total", expected: "the sum of the lines" });
    },
    onUnfit: (error) => void kept.push(error),
  });
  await saidDuring(async () => {
    const { status, body } = await told(await handler(request()));
    assert.deepEqual([status, body], [200, { verdict: "kept", code: "malformed_payload" }]);
  });
  assert.deepEqual([kept[0].code, kept[0].field], ["malformed_payload", "data.total"]);
  assert.match(kept[0].finding, /data\.total has to be the sum of the lines/);
});
