import assert from "node:assert/strict";
import { WebhookError } from "docutray-webhook";

/** The call is refused with exactly this code, and this field where one is named. */
export function refuses(call, code, field) {
  assert.throws(call, (error) => isRefusal(error, code, field));
}

/** The same of a promise. */
export async function rejects(promise, code, field) {
  await assert.rejects(promise, (error) => isRefusal(error, code, field));
}

function isRefusal(error, code, field) {
  assert.ok(error instanceof WebhookError, `not a WebhookError: ${error?.stack}`);
  assert.equal(error.code, code, error.message);
  assert.equal(error.field, field);
  return true;
}

/** The call throws a TypeError that says this. */
export function mistakes(call, message) {
  assert.throws(call, { name: "TypeError", message });
}
