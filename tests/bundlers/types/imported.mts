// The imports of an ES module. Compiled, never run.
import { extra, isCompleted, Verifier, WebhookError, type JsonValue, type WebhookErrorCode, type WebhookEvent } from "docutray-webhook";
import compiled from "docutray-webhook/docutray_webhook.wasm";
import { instantiate, type Classes } from "docutray-webhook/module";

const classes: Classes = instantiate(compiled);
const verifier: Verifier = new classes.Verifier({ secret: "s", url: false });
export const event: WebhookEvent = verifier.verify([], "{}");

export function code(error: unknown): WebhookErrorCode | undefined {
  return error instanceof WebhookError && error instanceof classes.WebhookError ? error.code : undefined;
}

/** Fields of the type, and others by name. */
export function pages(event: WebhookEvent): [string, JsonValue | undefined] | undefined {
  const { page_count } = extra(event.payload);
  return isCompleted(event) ? [event.payload.response_timestamp, page_count] : undefined;
}

// @ts-expect-error what no type knows is not reached by its name alone
export const misspelt = (event: WebhookEvent) => isCompleted(event) && event.payload.response_timestampp;
export class Stricter extends Verifier {}

// @ts-expect-error the types are not `any`
verifier.verfy();

import { createEmulator, signDelivery, type Emulator } from "docutray-webhook/testing";

export const signed = signDelivery({ secret: "s", url: "https://example.com", event: "STEP_FAILED", payload: {} });
export const sent = fetch("https://example.com", { method: "POST", headers: signed.headers, body: signed.body });
export const emulator: Emulator = createEmulator({ fetch: () => new Response() });
