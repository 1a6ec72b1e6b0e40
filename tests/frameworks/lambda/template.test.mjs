import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { template } from "./template.mjs";

const EXAMPLE = new URL("../examples/lambda-authorizer/", import.meta.url);
const { Resources, Globals, Parameters } = template;
const functions = Object.values(Resources).filter(({ Type }) => Type === "AWS::Serverless::Function");

test("the template's handlers are the example's", async () => {
  process.env.DOCUTRAY_WEBHOOK_SECRET = "s";
  process.env.DOCUTRAY_WEBHOOK_URL = "https://example.com/hooks";
  assert.equal(functions.length, 2);
  for (const { Properties } of functions) {
    const [file, name] = Properties.Handler.split(".");
    const module = new URL(`${file}.mjs`, EXAMPLE);
    assert.ok(existsSync(module), Properties.Handler);
    assert.equal(typeof (await import(module))[name], "function", Properties.Handler);
  }
});

test("no authorizer's result is cached", () => {
  const authorizers = Object.values(Resources.Api.Properties.Auth.Authorizers);
  assert.equal(authorizers.length, 1);
  for (const { Identity } of authorizers) {
    assert.deepEqual(Identity, { ReauthorizeEvery: 0 });
  }
});

test("the authorizer is called before the function, with the format that it expects", () => {
  const { Authorizers } = Resources.Api.Properties.Auth;
  const { Events } = Resources.Webhook.Properties;
  assert.deepEqual(Object.values(Events).map(({ Properties }) => Properties.Auth.Authorizer), ["Docutray"]);
  const { FunctionArn, AuthorizerPayloadFormatVersion, EnableSimpleResponses } = Authorizers.Docutray;
  assert.deepEqual([FunctionArn, AuthorizerPayloadFormatVersion, EnableSimpleResponses], ["Authorizer.Arn", "2.0", true]);
});

test("the function's timeout exceeds the deadline, and API Gateway waits longer", () => {
  assert.ok(Globals.Function.Timeout > 25 && Globals.Function.Timeout < 30);
});

test("the secret is not shown", () => {
  assert.equal(Parameters.DocutraySecret.NoEcho, true);
});
