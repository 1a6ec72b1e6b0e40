// A user's test in TypeScript, as ts-jest runs it with its own preset.
import { Verifier, WebhookError, type WebhookEvent } from "docutray-webhook";
import { webHandler } from "docutray-webhook/handler";

declare const process: { env: Record<string, string> };
declare function test(name: string, run: () => unknown): void;
declare function expect(value: unknown): { toBe(value: unknown): void };

const { SECRET = "", SIGNED = "", URL = "" } = process.env;
const { headers, body } = JSON.parse(SIGNED);

test("verifies", () => {
  const event: WebhookEvent = new Verifier({ secret: SECRET, url: URL }).verify(headers, body);
  expect(event.id).toBe("conv_1");
});

test("its errors are of its class, those of other entries too", () => {
  try {
    webHandler({ secret: "", url: URL, on: {} });
  } catch (error) {
    expect(error instanceof WebhookError && error.code).toBe("invalid_config");
  }
});
