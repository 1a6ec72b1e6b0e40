// Something has read the body before the handler.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { nodeHandler } from "docutray-webhook/node";
import { completed, fresh, SECRET, URL } from "./delivery.mjs";
import { listening, post } from "./serving.mjs";

/** Starts a server that changes the request before the handler gets it. Returns its answer, and checks that it logs nothing else. */
async function answered(t, before, sent = fresh()) {
  const errors = t.mock.method(console, "error", () => {});
  const handle = nodeHandler({ secret: SECRET, url: URL, on: { "*": () => {} } });
  const server = createServer(async (request, response) => {
    await before(request);
    await handle(request, response);
  });
  const { status, json } = await post(await listening(t, server), sent);
  const [told, error] = errors.mock.calls[0]?.arguments ?? [];
  return { status, json, told, error };
}

test("bytes kept in `rawBody` or `body` are used as the body", async (t) => {
  for (const place of ["rawBody", "body"]) {
    const { status, told } = await answered(t, async (request) => {
      request[place] = await buffer(request);
    });
    assert.deepEqual([status, told], [200, undefined], place);
  }
});

test("bytes kept beside a parsed body are used as the body", async (t) => {
  const { status } = await answered(t, async (request) => {
    request.rawBody = await buffer(request);
    request.body = JSON.parse(request.rawBody);
  });
  assert.equal(status, 200);
});

test("text kept in `rawBody` is the body", async (t) => {
  const { status, told } = await answered(t, async (request) => {
    request.rawBody = String(await buffer(request));
    request.body = JSON.parse(request.rawBody);
  });
  assert.deepEqual([status, told], [200, undefined]);
});

for (const [what, changed] of Object.entries({
  "a byte that decoding has replaced": (text) => `${text}\uFFFD`,
  "a BOM": (text) => `\uFEFF${text}`,
  "a lone surrogate": (text) => `${text}\uD83D`,
})) {
  test(`text with ${what} is not taken, and the error says to keep the Buffer`, async (t) => {
    const { status, json, error } = await answered(t, async (request) => {
      request.rawBody = changed(String(await buffer(request)));
    });
    assert.deepEqual([status, json.code], [500, "raw_body_gone"]);
    assert.match(error.message, /request\.rawBody is text, and decoding has changed it.*keep the Buffer, not buffer\.toString\(\)/);
  });
}

test("kept bytes are verified like any other", async (t) => {
  const { status, json } = await answered(t, async (request) => {
    request.rawBody = Buffer.concat([await buffer(request), Buffer.from(" ")]);
  });
  assert.deepEqual([status, json.code], [401, "signature_mismatch"]);
});

test("an unread stream is used as the body, whatever else the request has", async (t) => {
  const { status } = await answered(t, (request) => {
    request.body = {};
    request.rawBody = Buffer.from("{}");
  });
  assert.equal(status, 200);
});

for (const [what, before] of Object.entries({
  "a parsed body": async (request) => {
    request.body = JSON.parse(await buffer(request));
  },
  "its text in `body`, which a parser may have made": async (request) => {
    request.body = String(await buffer(request));
  },
  "nothing": async (request) => {
    await buffer(request);
  },
  "a stream that decodes": (request) => {
    request.setEncoding("utf8");
  },
})) {
  test(`if only ${what} is left, the sender is told so and the error says what to do`, async (t) => {
    const { status, json, error } = await answered(t, before);
    assert.deepEqual([status, json.status, json.code], [500, 500, "raw_body_gone"]);
    assert.match(error.message, /the raw body is gone: give docutray-webhook the request before every body parser/);
  });
}

test("if the headers are refused, a lost body is not reported", async (t) => {
  const { headers, body } = fresh({ secret: "wrong", payload: completed() });
  const { status, json, told } = await answered(t, (request) => buffer(request), { headers, body });
  assert.deepEqual([status, json.code, told], [401, "auth_signature_mismatch", undefined]);
});
