// The imports of an ES module. Compiled, never run.
import { Verifier, WebhookError, type WebhookErrorCode, type WebhookEvent } from "docutray-webhook";
import compiled from "docutray-webhook/docutray_webhook.wasm";
import { instantiate, type Classes } from "docutray-webhook/module";

const classes: Classes = instantiate(compiled);
const verifier: Verifier = new classes.Verifier({ secret: "s", url: false });
export const event: WebhookEvent = verifier.verify([], "{}");

export function code(error: unknown): WebhookErrorCode | undefined {
  return error instanceof WebhookError && error instanceof classes.WebhookError ? error.code : undefined;
}

export class Stricter extends Verifier {}

// @ts-expect-error the types are not `any`
verifier.verfy();
