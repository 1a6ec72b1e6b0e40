import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { suite, test } from "node:test";
import { WebhookError } from "docutray-webhook";
import { authorizer } from "docutray-webhook/lambda";
import { delivery, REQUEST_ID, SECRET, URL } from "./delivery.mjs";
import { authorizerEvents, functionEvents, tokenAuthorizerEvent } from "./lambda-events.mjs";
import { refuses } from "./refusal.mjs";

const options = { secret: SECRET, url: URL };
const now = Math.floor(Date.now() / 1000);
const fresh = (fields) => delivery({ timestamp: now, ...fields });

/** The headers that an authorizer gets, as Docutray writes them. */
const sent = ({ headers }) => Object.entries(headers);
const without = (name, { headers }) => sent({ headers }).filter(([other]) => other !== name);
const instead = (name, value, { headers }) => sent({ headers: { ...headers, [name]: value } });

const AUTH = "x-docutray-auth-signature";
const TIMESTAMP = "x-docutray-timestamp";
const EVENT = "x-docutray-event";

/** Refused deliveries, each with the code and the header in the context. */
const refused = {
  "nothing of Docutray's": [[], "missing_header", AUTH],
  "no MAC": [without(AUTH, fresh()), "missing_header", AUTH],
  "no timestamp": [without(TIMESTAMP, fresh()), "missing_header", TIMESTAMP],
  "no request id": [without("x-docutray-request-id", fresh()), "missing_header", "x-docutray-request-id"],
  "no event": [without(EVENT, fresh()), "missing_header", EVENT],
  "a timestamp that is none": [instead(TIMESTAMP, "now", fresh()), "malformed_header", TIMESTAMP],
  "another secret": [sent(fresh({ secret: "another" })), "auth_signature_mismatch", AUTH],
  "another URL": [sent(fresh({ url: "https://example.com/other" })), "auth_signature_mismatch", AUTH],
  "another event than was signed": [instead(EVENT, "STEP_FAILED", fresh()), "auth_signature_mismatch", AUTH],
  "the body's MAC in place of the metadata's": [
    instead(AUTH, fresh().headers["x-docutray-signature"], fresh()),
    "auth_signature_mismatch",
    AUTH,
  ],
  "a timestamp too old": [sent(fresh({ timestamp: now - 400 })), "timestamp_too_old", TIMESTAMP],
  "a timestamp too new": [sent(fresh({ timestamp: now + 400 })), "timestamp_too_new", TIMESTAMP],
};

const arn = ({ methodArn, routeArn }) => methodArn ?? routeArn;

function policy(effect, event, context) {
  return {
    principalId: "docutray",
    policyDocument: {
      Version: "2012-10-17",
      Statement: [{ Action: "execute-api:Invoke", Effect: effect, Resource: arn(event) }],
    },
    context,
  };
}

const simple = (isAuthorized, _, context) => ({ isAuthorized, context });
const iam = (isAuthorized, event, context) => policy(isAuthorized ? "Allow" : "Deny", event, context);

for (const [api, eventOf] of Object.entries(authorizerEvents)) {
  const kinds = api === "HTTP API, format 2.0" ? { undefined: simple, simple, iam } : { undefined: iam, simple: iam, iam };
  for (const [kind, expected] of Object.entries(kinds)) {
    suite(`${api}, response: ${kind}`, () => {
      const authorize = authorizer({ ...options, ...(kind === "undefined" ? {} : { response: kind }) });

      test("allows a delivery and names it in the context", async () => {
        const event = eventOf(sent(fresh()));
        const context = { requestId: REQUEST_ID, timestamp: now, event: "CONVERSION_COMPLETED" };
        assert.deepEqual(await authorize(event), expected(true, event, context));
      });

      for (const [what, [headers, code, field]] of Object.entries(refused)) {
        test(`refuses ${what}, and says why`, async () => {
          const event = eventOf(headers);
          assert.deepEqual(await authorize(event), expected(false, event, { code, field }));
        });
      }

      test("returns what API Gateway accepts: JSON with a flat context", async () => {
        for (const headers of [sent(fresh()), []]) {
          const response = await authorize(eventOf(headers));
          assert.deepEqual(JSON.parse(JSON.stringify(response)), response);
          for (const value of Object.values(response.context)) {
            assert.ok(["string", "number"].includes(typeof value), typeof value);
          }
        }
      });

      test("needs no body signature", async () => {
        const event = eventOf(without("x-docutray-signature", fresh()));
        assert.equal((await authorize(event)).context.requestId, REQUEST_ID);
      });

      test("accepts names in any case", async () => {
        for (const change of ["toUpperCase", "toLowerCase"]) {
          const event = eventOf(sent(fresh()).map(([name, value]) => [name[change](), value]));
          assert.equal((await authorize(event)).context.requestId, REQUEST_ID);
        }
      });

      test("a request without headers is denied with missing_header", async () => {
        for (const headers of [null, undefined, {}]) {
          const event = { ...eventOf([]), headers, multiValueHeaders: headers };
          assert.equal((await authorize(event)).context.code, "missing_header");
        }
      });
    });
  }
}

suite("a repeated header is detected", () => {
  const twice = [[EVENT, "STEP_FAILED"], ...sent(fresh())];
  for (const api of ["REST API", "HTTP API, format 2.0"]) {
    test(api, async () => {
      const { context } = await authorizer(options)(authorizerEvents[api](twice));
      assert.deepEqual(context, { code: "duplicate_header", field: EVENT });
    });
  }

  test("if two names differ only in case", async () => {
    const event = authorizerEvents["REST API"]([["X-Docutray-Event", "STEP_FAILED"], ...sent(fresh())]);
    assert.equal((await authorizer(options)(event)).context.code, "duplicate_header");
  });
});

test("answers with the requested ARN, whatever its characters", async () => {
  const authorize = authorizer(options);
  for (const path of ["", "*", "a/b?c", "${aws:username}"]) {
    const methodArn = `arn:aws:execute-api:us-east-1:123456789012:abcdef123/test/POST/${path}`;
    const { policyDocument } = await authorize({ ...authorizerEvents["REST API"](sent(fresh())), methodArn });
    assert.equal(policyDocument.Statement[0].Resource, methodArn);
  }
});

test("accepts several secrets and URLs, and another tolerance", async () => {
  const authorize = authorizer({ secret: ["new", SECRET], url: ["https://example.com/new", URL], tolerance: 3600 });
  const { isAuthorized } = await authorize(authorizerEvents["HTTP API, format 2.0"](sent(fresh({ timestamp: now - 1800 }))));
  assert.equal(isAuthorized, true);
});

test("reveals nothing secret about a refused delivery", async () => {
  const expected = fresh().headers[AUTH].slice("sha256=".length);
  for (const eventOf of Object.values(authorizerEvents)) {
    const response = await authorizer(options)(eventOf(instead(AUTH, `sha256=${"0".repeat(64)}`, fresh())));
    assert.doesNotMatch(JSON.stringify(response), new RegExp(`${SECRET}|${expected}|0{64}`));
  }
});

suite("any other event rejects, and the error says what to configure", () => {
  const [asked] = Object.values(authorizerEvents);
  const askedByRoute = authorizerEvents["HTTP API, format 2.0"];
  const others = {
    "TOKEN": [tokenAuthorizerEvent, /that of a TOKEN authorizer, .*FunctionPayloadType: REQUEST/],
    "the function's": [
      functionEvents["HTTP API, format 2.0"]({ sent: sent(fresh()), body: "{}" }),
      /but got a request to a function\. .*: lambdaHandler$/,
    ],
    "a queue's": [{ Records: [] }, /but got an Object\. /],
    "nothing": [undefined, /but got undefined\. /],
    "text": ["REQUEST", /but got a string\. /],
    "format 2.0 without its ARN": [{ ...asked(sent(fresh())), version: "2.0" }, /but got an authorizer's\. /],
    "a format that there is not yet": [{ ...askedByRoute(sent(fresh())), version: "3.0" }, /but got an authorizer's\. /],
    "a type of another case": [{ ...asked(sent(fresh())), type: "request" }, /but got an authorizer's\. /],
  };
  for (const [what, [event, message]] of Object.entries(others)) {
    test(what, () => assert.rejects(authorizer(options)(event), { name: "TypeError", message }));
  }
});

suite("a wrong configuration throws at once, not at the first delivery", () => {
  test("without a URL there is nothing to authenticate", () => {
    refuses(() => authorizer({ secret: SECRET, url: false }), "invalid_config", "url");
  });

  test("what a Verifier refuses", () => {
    refuses(() => authorizer({ url: URL }), "invalid_config", "secret");
    refuses(() => authorizer({ secret: SECRET }), "invalid_config", "url");
    refuses(() => authorizer({ ...options, tolerance: 0 }), "invalid_config", "tolerance");
    assert.throws(() => authorizer(), TypeError);
  });

  test("a response that does not exist", () => {
    for (const response of ["policy", true, null, ""]) {
      refuses(() => authorizer({ ...options, response }), "invalid_config", "response");
    }
  });
});

test("`require` returns the same function, and its errors are the package's", () => {
  const required = createRequire(import.meta.url)("docutray-webhook/lambda");
  assert.equal(required.authorizer, authorizer);
  assert.throws(() => required.authorizer({ secret: SECRET, url: false }), WebhookError);
});
