// `verifyNode` reads a request of Node, or takes its body from where the application kept it.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { buffer, text } from "node:stream/consumers";
import { suite, test } from "node:test";
import { Verifier } from "docutray-webhook";
import { delivery, NOW, SECRET, URL } from "./delivery.mjs";
import { rejects } from "./refusal.mjs";
import { begun, listening } from "./serving.mjs";

const LIMIT = 1000;
const verifier = new Verifier({ secret: SECRET, url: URL, maxBody: LIMIT });
const { headers, body } = delivery();

/** Sends a request to a server and returns what `verifyNode` makes of it there. `before` may change the request first. */
async function received(t, { sent = body, given = headers, before = () => {}, after = () => {} } = {}) {
  const { promise, resolve } = withResolvers();
  const server = createServer(async (request, response) => {
    await before(request);
    const verified = verifier.verifyNode(request, NOW);
    resolve(verified);
    await verified.catch(() => {});
    after(request);
    response.end();
  });
  const address = await listening(t, server);
  const answered = fetch(address, { method: "POST", headers: given, body: sent });
  try {
    return await promise;
  } finally {
    await (await answered).text();
  }
}

function withResolvers() {
  let resolve;
  const promise = new Promise((settle) => (resolve = settle));
  return { promise, resolve };
}

suite("a request that nothing has read", () => {
  test("is verified", async (t) => {
    const event = await received(t);
    assert.equal(event.key, "CONVERSION_COMPLETED:conv_1");
    assert.equal(event.raw, body);
  });

  test("is refused by its body's signature, and by its size", async (t) => {
    await rejects(received(t, { sent: `${body} ` }), "signature_mismatch", "x-docutray-signature");
    await rejects(received(t, { sent: "x".repeat(LIMIT + 1) }), "body_too_large");
  });

  test("is refused by its headers before its body is read", async (t) => {
    let wasRead;
    const after = (request) => void (wasRead = request.readableDidRead);
    await rejects(received(t, { given: {}, after }), "missing_header", "x-docutray-signature");
    assert.equal(wasRead, false);
  });

  test("rejects if its sender disconnects before the body's end", async (t) => {
    const { promise, resolve } = withResolvers();
    const server = createServer((request) => {
      const verified = verifier.verifyNode(request, NOW);
      verified.catch(() => {});
      resolve({ verified });
    });
    const socket = await begun(await listening(t, server), { ...headers, "content-length": body.length }, body.slice(0, 10));
    const { verified } = await promise;
    socket.destroy();
    await assert.rejects(verified, (error) => error.name === "Error" && error.code === "ECONNRESET");
  });
});

suite("a body that the application has read", () => {
  test("is taken from `rawBody` or `body` if its bytes were kept", async (t) => {
    for (const place of ["rawBody", "body"]) {
      const before = async (request) => void (request[place] = await buffer(request));
      assert.equal((await received(t, { before })).id, "conv_1", place);
    }
  });

  test("is lost if only what was parsed is left: the error says what to do", async (t) => {
    const before = async (request) => void (request.body = JSON.parse(await text(request)));
    await assert.rejects(received(t, { before }), { name: "TypeError", message: /before every body parser/ });
  });
});

test("the error for anything but a request of Node names what fits", async () => {
  const wrong = [undefined, null, "POST", {}, new Request("http://localhost"), { raw: {} }];
  for (const request of wrong) {
    await assert.rejects(verifier.verifyNode(request, NOW), { name: "TypeError", message: /verifyNode takes .*verifyRequest/ });
  }
});
