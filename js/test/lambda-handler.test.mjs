import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { suite, test } from "node:test";
import { lambdaHandler } from "docutray-webhook/lambda";
import { completed, delivery, SECRET, URL } from "./delivery.mjs";
import { authorizerEvents, functionEvents, tokenAuthorizerEvent } from "./lambda-events.mjs";
import { stoppedClock } from "./clock.mjs";
import { refuses } from "./refusal.mjs";

const now = Math.floor(Date.now() / 1000);
const fresh = (fields) => delivery({ timestamp: now, ...fields });
const JSON_TYPE = ["Content-Type", "application/json"];
const sent = ({ headers }, type = JSON_TYPE) => [type, ...Object.entries(headers)];
/** Lambda's context with the remaining time. */
const context = (milliseconds = 29_000) => ({ getRemainingTimeInMillis: () => milliseconds });

/** Returns a function, and what it was given to process. */
function receiver(options) {
  const processed = [];
  const on = { "*": (event) => void processed.push(event) };
  const handler = lambdaHandler({ secret: SECRET, url: URL, on, ...options });
  return { handler, processed };
}

async function isProblem(answering, status, code, field) {
  const { statusCode, headers, body, isBase64Encoded } = await answering;
  const problem = JSON.parse(body);
  assert.deepEqual([statusCode, problem.status, problem.code, problem.field], [status, status, code, field], body);
  assert.equal(headers["content-type"], "application/problem+json");
  assert.equal(isBase64Encoded, false);
  return headers;
}

/** Returns what is written to `console.error` during `call`. */
async function written(context, call) {
  const { mock } = context.mock.method(console, "error", () => {});
  await call();
  return mock.calls.map(({ arguments: [what, error] }) => `${what}: ${error?.message}`).join("\n");
}

for (const [host, eventOf] of Object.entries(functionEvents)) {
  const ofDelivery = ({ headers, body }, fields) => eventOf({ sent: sent({ headers }), body, ...fields });

  suite(host, () => {
    test("a valid delivery is processed, its repetition is not", async () => {
      const { handler, processed } = receiver();
      const answer = async () => {
        const { statusCode, headers, body, isBase64Encoded } = await handler(ofDelivery(fresh()), context());
        return { statusCode, headers, body, isBase64Encoded };
      };
      const answered = (verdict) => ({
        statusCode: 200,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ verdict }),
        isBase64Encoded: false,
      });
      assert.deepEqual(await answer(), answered("processed"));
      assert.deepEqual(await answer(), answered("duplicate"));
      assert.deepEqual(processed.map(({ key }) => key), ["CONVERSION_COMPLETED:conv_1"]);
    });

    test("a delivery whose body was changed is refused", async () => {
      const { handler, processed } = receiver();
      const changed = { headers: fresh().headers, body: JSON.stringify(completed({ data: { total: 1 } })) };
      await isProblem(handler(ofDelivery(changed), context()), 401, "signature_mismatch", "x-docutray-signature");
      assert.deepEqual(processed, []);
    });

    test("a delivery whose metadata is another's is refused", async () => {
      const { handler } = receiver();
      const wrong = fresh({ url: "https://example.com/other" });
      await isProblem(handler(ofDelivery(wrong)), 401, "auth_signature_mismatch", "x-docutray-auth-signature");
    });

    test("text beyond ASCII is verified as UTF-8, base64 as the bytes in it", async () => {
      const data = { town: "Ñuñoa", sign: "€", face: "😀", escaped: "\u0000" };
      const body = JSON.stringify(completed({ data }));
      const signed = { headers: fresh({ payload: body }).headers };
      const asText = ofDelivery({ ...signed, body });
      const asBase64 = ofDelivery({ ...signed, body: Buffer.from(body).toString("base64") }, { isBase64Encoded: true });
      for (const event of [asText, asBase64]) {
        const { handler, processed } = receiver();
        assert.equal((await handler(event, context())).statusCode, 200);
        assert.deepEqual(processed[0].payload.data, data);
      }
    });

    test("every byte of base64 is verified, whether UTF-8 or not", async () => {
      const { handler } = receiver();
      const payload = Uint8Array.from({ length: 256 }, (_, byte) => byte);
      const encoded = (bytes) => Buffer.from(bytes).toString("base64");
      const event = (bytes) => ofDelivery({ ...fresh({ payload }), body: encoded(bytes) }, { isBase64Encoded: true });
      await isProblem(handler(event(payload)), 400, "malformed_payload");
      const changed = payload.with(0xff, 0xfe);
      await isProblem(handler(event(changed)), 401, "signature_mismatch", "x-docutray-signature");
    });

    test("a missing body is an empty one", async () => {
      const { handler } = receiver();
      await isProblem(handler(ofDelivery({ ...fresh(), body: null })), 401, "signature_mismatch", "x-docutray-signature");
      await isProblem(handler(ofDelivery({ ...fresh({ payload: "" }), body: null })), 400, "malformed_payload");
    });

    test("another method is answered 405 with Allow: POST", async () => {
      const { handler } = receiver();
      for (const method of ["GET", "PUT", "OPTIONS", "post"]) {
        const headers = await isProblem(handler(ofDelivery(fresh(), { method })), 405, "method_not_allowed");
        assert.equal(headers.allow, "POST");
      }
    });

    test("another media type is answered 415, the right one may have parameters", async () => {
      const { handler } = receiver();
      const answer = (...type) => handler(eventOf({ sent: sent(fresh(), type), body: fresh().body }));
      await isProblem(answer("content-type", "text/plain"), 415, "unsupported_media_type");
      await isProblem(answer("X-Other", "application/json"), 415, "unsupported_media_type");
      assert.equal((await answer("CONTENT-TYPE", "application/json; charset=utf-8")).statusCode, 200);
    });

    test("a body over the limit is answered 413, by its Content-Length alone if there is one", async () => {
      const { handler } = receiver({ maxBody: 300 });
      const { headers, body } = fresh();
      const long = { headers, body: body.padEnd(301) };
      await isProblem(handler(ofDelivery(long)), 413, "body_too_large");
      const told = { headers: { "Content-Length": "301", ...headers }, body };
      await isProblem(handler(ofDelivery(told)), 413, "body_too_large");
    });

    test("a parsed body is answered 500, and the log says which parser to remove", async (t) => {
      const { handler } = receiver();
      const parsed = ofDelivery({ ...fresh(), body: completed() });
      const message = await written(t, () => isProblem(handler(parsed), 500, "raw_body_gone"));
      assert.match(message, /event\.body has to be the text that AWS gives, but is an Object: .*httpJsonBodyParser/);
    });

    test("a wrong isBase64Encoded is a 500, and the log names it", async (t) => {
      const encoded = Buffer.from(fresh().body).toString("base64");
      const wrong = [
        [fresh().body, true, /event\.isBase64Encoded is true, but event\.body is not base64/],
        [encoded, false, /event\.isBase64Encoded is false, but event\.body is base64: the signature fits the bytes in it/],
        [fresh().body, "false", /event\.isBase64Encoded has to be true or false, as AWS gives it, but is a string/],
        [encoded, "true", /event\.isBase64Encoded has to be true or false/],
        [encoded, 1, /event\.isBase64Encoded has to be true or false, as AWS gives it, but is a number/],
      ];
      for (const [body, isBase64Encoded, expected] of wrong) {
        const { handler, processed } = receiver();
        const event = ofDelivery({ ...fresh(), body }, { isBase64Encoded });
        const message = await written(t, () => isProblem(handler(event), 500, "raw_body_gone"));
        assert.match(message, expected);
        assert.deepEqual(processed, []);
      }
    });

    test("base64 without a matching signature is a forged body, whatever the flag says", async (t) => {
      const errors = t.mock.method(console, "error", () => {});
      const { handler } = receiver();
      const forged = Buffer.from("{}").toString("base64");
      for (const isBase64Encoded of [true, false]) {
        const event = ofDelivery({ ...fresh(), body: forged }, { isBase64Encoded });
        await isProblem(handler(event), 401, "signature_mismatch", "x-docutray-signature");
      }
      assert.equal(errors.mock.callCount(), 0);
    });

    test("base64 that is not decoded is explained as far as the limits allow it", async (t) => {
      t.mock.method(console, "error", () => {});
      const signed = fresh();
      const encoded = Buffer.from(signed.body).toString("base64");
      const event = ofDelivery({ ...signed, body: encoded }, { isBase64Encoded: false });
      const answers = [
        [{ maxBody: encoded.length - 1 }, 413, "body_too_large"],
        [{ maxBody: encoded.length, bodyBudget: encoded.length + signed.body.length - 1 }, 401, "signature_mismatch", "x-docutray-signature"],
        [{ maxBody: encoded.length, bodyBudget: encoded.length + signed.body.length }, 500, "raw_body_gone"],
      ];
      for (const [options, ...problem] of answers) {
        await isProblem(receiver(options).handler(event), ...problem);
      }
    });

    test("a body that is text explains why the metadata does not fit", async (t) => {
      const warnings = t.mock.method(console, "warn", () => {});
      const { handler } = receiver({ url: `${URL}/` });
      await isProblem(handler(ofDelivery(fresh())), 401, "auth_signature_mismatch", "x-docutray-auth-signature");
      assert.match(warnings.mock.calls[0].arguments[0], /The URL differs/);
    });

    test("without the flag, the body is text", async () => {
      const { isBase64Encoded: _, ...event } = ofDelivery(fresh());
      assert.equal((await receiver().handler(event, context())).statusCode, 200);
    });

    test("a body with a Content-Encoding gets 415", async () => {
      const { handler } = receiver();
      const event = (coding) => eventOf({ sent: [...sent(fresh()), ["Content-Encoding", coding]], body: fresh().body });
      await isProblem(handler(event("gzip")), 415, "unsupported_content_encoding");
      assert.equal((await handler(event("identity"))).statusCode, 200);
    });
  });
}

suite("a repeated header is detected", () => {
  const twice = [["x-docutray-event", "STEP_FAILED"], ...sent(fresh())];
  for (const host of Object.keys(functionEvents).filter((host) => host !== "load balancer")) {
    test(host, async () => {
      const { handler } = receiver();
      const event = functionEvents[host]({ sent: twice, body: fresh().body });
      await isProblem(handler(event), 400, "duplicate_header", "x-docutray-event");
    });
  }
});

test("a test's own event and context may have fewer fields than AWS's", async () => {
  const event = functionEvents["REST API"]({ sent: sent(fresh()), body: fresh().body });
  const { statusCode } = await receiver().handler({ ...event, multiValueHeaders: {} }, {});
  assert.equal(statusCode, 200);
});

test("a load balancer with multi-value headers gets them, since it accepts no others", async () => {
  const answer = async (host) => receiver().handler(functionEvents[host]({ method: "GET", sent: [], body: null }));
  const { headers, multiValueHeaders } = await answer("load balancer, multi-value headers");
  assert.deepEqual(multiValueHeaders, { allow: ["POST"], "content-type": ["application/problem+json"] });
  assert.deepEqual(headers, { allow: "POST", "content-type": "application/problem+json" });
  for (const host of ["load balancer", "REST API", "HTTP API, format 1.0", "function URL"]) {
    assert.equal("multiValueHeaders" in (await answer(host)), false, host);
  }
});

suite("a handler that takes too long is answered 503 before Lambda ends the function", () => {
  const event = functionEvents["function URL"]({ sent: sent(fresh()), body: fresh().body });

  async function isLate(t, seconds, options, context) {
    const clock = stoppedClock(t);
    let end;
    const running = new Promise((resolve) => {
      end = resolve;
    });
    const { handler } = receiver({ on: { "*": () => running }, ...options });
    let isAnswered = false;
    const answer = handler(event, context).finally(() => {
      isAnswered = true;
    });
    await clock.pass(seconds - 0.5);
    assert.equal(isAnswered, false);
    await clock.pass(0.5);
    const late = await isProblem(answer, 503, "deadline_exceeded");
    const busy = await isProblem(handler(event, context), 503, "busy");
    assert.match(late["retry-after"], /^[1-9]\d*$/);
    assert.match(busy["retry-after"], /^[1-9]\d*$/);
    end();
  }

  test("by the function's remaining time, minus a second for the answer", (t) => isLate(t, 2, {}, context(3000)));
  test("by half of its remaining time, if that is less than a second", (t) => isLate(t, 0.5, {}, context(1000)));
  test("by `deadline`, if that is earlier", (t) => isLate(t, 20, { deadline: 20 }, context(29_000)));
  test("so that half a second is left for onDelivery", async (t) => {
    const clock = stoppedClock(t);
    let isLogged = false;
    const onDelivery = async () => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      isLogged = true;
    };
    const { handler } = receiver({ on: { "*": () => new Promise(() => {}) }, onDelivery });
    let wasLogged;
    const answer = handler(event, context(3000)).finally(() => (wasLogged = isLogged));
    await clock.pass(2.4);
    await isProblem(answer, 503, "deadline_exceeded");
    assert.ok(wasLogged);
  });
  test("before the function's time ends, however long onError and onDelivery take", async (t) => {
    const clock = stoppedClock(t);
    const never = () => new Promise(() => {});
    const logger = { warn() {}, error() {} };
    const failsLate = async () => {
      await new Promise((resolve) => setTimeout(resolve, 450));
      throw new Error("the database is away");
    };
    for (const seconds of [3, 1]) {
      for (const [on, status, code] of [[never, 503, "deadline_exceeded"], [failsLate, 500, "handler_failed"]]) {
        const { handler } = receiver({ on: { "*": on }, onError: never, onDelivery: never, logger });
        const answer = handler(event, context(1000 * seconds));
        await clock.pass(seconds - 0.2);
        await isProblem(Promise.race([answer, "no answer"]), status, code);
      }
    }
  });
  test("only by `deadline` without a context", (t) => isLate(t, 25, {}, undefined));
});

suite("an event that is not a request rejects, and the error says which are", () => {
  const others = {
    "a queue's": [{ Records: [] }, /HTTP requests from API Gateway .* but got an Object\. /],
    "a Web Request": [new Request(URL), /but got a Request\. For a Web Request, .*: webHandler of docutray-webhook\/handler/],
    "nothing": [undefined, /but got undefined\. /],
    "a TOKEN authorizer's": [tokenAuthorizerEvent, /but got that of a TOKEN authorizer.*: authorizer\(/],
    ...Object.fromEntries(
      Object.entries(authorizerEvents).map(([api, eventOf]) => [
        `the authorizer's of ${api}`,
        [eventOf(sent(fresh())), /but got an authorizer's\. For an authorizer: authorizer\(/],
      ]),
    ),
  };
  for (const [what, [event, message]] of Object.entries(others)) {
    test(what, () => assert.rejects(receiver().handler(event, context()), { name: "TypeError", message }));
  }
});

test("a wrong configuration throws at once, not at the first delivery", () => {
  refuses(() => receiver({ secret: "" }), "invalid_config", "secret");
  refuses(() => receiver({ url: undefined }), "invalid_config", "url");
  refuses(() => receiver({ deadline: 31 }), "invalid_config", "deadline");
  refuses(() => receiver({ on: { CONVERSION: () => {} } }), "invalid_config", "on");
});

test("`require` returns the same function", () => {
  assert.equal(createRequire(import.meta.url)("docutray-webhook/lambda").lambdaHandler, lambdaHandler);
});
