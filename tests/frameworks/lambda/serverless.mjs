// The deployment for serverless-offline, which implements AWS's formats itself: the example as in its template, and the example's
// functions behind every other kind of API with an authorizer.
import { template } from "./template.mjs";

const { Resources, Globals } = template;
const { Authorizers } = Resources.Api.Properties.Auth;
const delivery = Resources.Webhook.Properties.Events.Delivery.Properties;

function handlerOf(resource) {
  return `../examples/lambda-authorizer/${Resources[resource].Properties.Handler}`;
}

/** The example's function, for these events. */
function webhook(...events) {
  return { handler: handlerOf("Webhook"), events };
}

/** Converts one of the template's authorizers to the format of Serverless. */
function authorizerOf({ FunctionArn, AuthorizerPayloadFormatVersion, EnableSimpleResponses, Identity }) {
  return {
    type: "request",
    functionName: FunctionArn.replace(/\.Arn$/, ""),
    payloadVersion: AuthorizerPayloadFormatVersion,
    enableSimpleResponses: EnableSimpleResponses,
    resultTtlInSeconds: Identity.ReauthorizeEvery,
  };
}

const names = Object.keys(Globals.Function.Environment.Variables);
const environment = Object.fromEntries(names.map((name) => [name, `\${env:${name}}`]));
const templated = Object.entries(Authorizers).map(([name, authorizer]) => [name, authorizerOf(authorizer)]);
const uncached = { type: "request", resultTtlInSeconds: 0 };

export default {
  service: "docutray",
  frameworkVersion: "3",
  plugins: ["serverless-offline"],
  provider: {
    name: "aws",
    runtime: Globals.Function.Runtime,
    timeout: Globals.Function.Timeout,
    environment,
    httpApi: {
      authorizers: {
        ...Object.fromEntries(templated),
        policy: { ...uncached, functionName: "Policy", payloadVersion: "2.0", enableSimpleResponses: false },
        first: { ...uncached, functionName: "Authorizer", payloadVersion: "1.0" },
      },
    },
  },
  functions: {
    Authorizer: { handler: handlerOf("Authorizer") },
    Policy: { handler: "policy.handler" },
    Webhook: webhook({
      httpApi: { method: delivery.Method, path: delivery.Path, authorizer: { name: delivery.Auth.Authorizer } },
    }),
    BehindPolicy: webhook({ httpApi: { method: "POST", path: "/policy", authorizer: { name: "policy" } } }),
    BehindFirst: {
      ...webhook({ httpApi: { method: "POST", path: "/first", authorizer: { name: "first" } } }),
      httpApi: { payload: "1.0" },
    },
    BehindRest: webhook({
      http: { method: "POST", path: "rest", authorizer: { ...uncached, name: "Authorizer", identitySource: "" } },
    }),
    // The function without an authorizer.
    Open: webhook({ httpApi: { method: "*", path: "/open" } }, { http: { method: "ANY", path: "open-rest" } }),
  },
};
