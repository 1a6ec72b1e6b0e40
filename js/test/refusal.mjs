import assert from "node:assert/strict";
import { WebhookError } from "docutray-webhook";

/** Checks that the call is refused with this code, and with this field if one is given. Returns the error. */
export function refuses(call, code, field) {
  let refusal;
  assert.throws(call, (error) => isRefusal((refusal = error), code, field));
  return refusal;
}

/** Checks the same of a promise. */
export async function rejects(promise, code, field) {
  await assert.rejects(promise, (error) => isRefusal(error, code, field));
}

function isRefusal(error, code, field) {
  assert.ok(error instanceof WebhookError, `not a WebhookError: ${error?.stack}`);
  assert.equal(error.code, code, error.message);
  assert.equal(error.field, field);
  return true;
}

/** Checks that the call throws a TypeError with this message. */
export function mistakes(call, message) {
  assert.throws(call, { name: "TypeError", message });
}
