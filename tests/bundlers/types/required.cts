// The imports of a CommonJS module. Compiled, never run.
import compiled = require("docutray-webhook/docutray_webhook.wasm");
import own = require("docutray-webhook/module");
import webhook = require("docutray-webhook");

const classes: own.Classes = own.instantiate(compiled);
const verifier: webhook.Verifier = new classes.Verifier({ secret: "s", url: false });
export const event: webhook.WebhookEvent = verifier.verify([], "{}");

export function code(error: unknown): webhook.WebhookErrorCode | undefined {
  return error instanceof webhook.WebhookError && error instanceof classes.WebhookError ? error.code : undefined;
}

/** Fields of the type, and others by name. */
export function pages(event: webhook.WebhookEvent): [string, webhook.JsonValue | undefined] | undefined {
  const { page_count } = webhook.extra(event.payload);
  return webhook.isCompleted(event) ? [event.payload.response_timestamp, page_count] : undefined;
}

export class Stricter extends webhook.Verifier {}

// @ts-expect-error the types are not `any`
verifier.verfy();

import testing = require("docutray-webhook/testing");

export const signed: testing.SignedDelivery = testing.signDelivery({ secret: "s", url: "https://example.com", event: "STEP_FAILED" });
export const sent = fetch("https://example.com", { method: "POST", headers: signed.headers, body: signed.body });
export const emulator: testing.Emulator = testing.createEmulator({ fetch: () => new Response() });
export const fault = (error: unknown) => (error instanceof testing.RuleFault ? error.code : undefined);
