import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { Verifier } from "docutray-webhook";
import { delivery, NOW, SECRET, URL } from "./delivery.mjs";
import { rejects } from "./refusal.mjs";

const LIMIT = 1000;
const verifier = new Verifier({ secret: SECRET, url: URL, maxBody: LIMIT });
const { headers, body } = delivery();

function request(body, given = headers) {
  return new Request("http://localhost/hooks", { method: "POST", headers: given, body, duplex: "half" });
}

/** Returns a stream of these chunks that counts its pulls and records whether it was cancelled. */
function source(chunks) {
  const seen = { pulled: 0, cancelled: false };
  const iterator = chunks[Symbol.iterator]();
  const stream = new ReadableStream(
    {
      pull(controller) {
        const { done, value } = iterator.next();
        if (done) {
          controller.close();
        } else {
          seen.pulled += 1;
          controller.enqueue(value);
        }
      },
      cancel() {
        seen.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { seen, stream };
}

function* endless(size) {
  for (;;) {
    yield new Uint8Array(size);
  }
}

suite("a valid request", () => {
  test("with its body at once", async () => {
    const event = await verifier.verifyRequest(request(body), NOW);
    assert.equal(event.key, "CONVERSION_COMPLETED:conv_1");
  });

  test("with its body byte by byte", async () => {
    const { stream } = source([...Buffer.from(body)].map((byte) => Uint8Array.of(byte)));
    assert.equal((await verifier.verifyRequest(request(stream), NOW)).raw, body);
  });

  test("of another class with the same properties", async () => {
    const like = { headers, body: request(body).body, bodyUsed: false };
    assert.equal((await verifier.verifyRequest(like, NOW)).id, "conv_1");
  });

  test("of a host whose requests have no member `body`, as in Firefox", async () => {
    const like = (body) => ({ headers, bodyUsed: false, blob: async () => new Blob([body]) });
    assert.equal((await verifier.verifyRequest(like(body), NOW)).id, "conv_1");
    await rejects(verifier.verifyRequest(like(new Uint8Array(LIMIT + 1)), NOW), "body_too_large");
  });

  test("whose verifier is freed while it arrives", async () => {
    const short = new Verifier({ secret: SECRET, url: URL });
    const verified = short.verifyRequest(request(body), NOW);
    short.free();
    assert.equal((await verified).id, "conv_1");
  });
});

suite("a request that is refused", () => {
  test("without a body", async () => {
    await rejects(verifier.verifyRequest(request(null), NOW), "signature_mismatch", "x-docutray-signature");
  });

  test("over the limit is read no further, and its stream is cancelled", async () => {
    const { seen, stream } = source(endless(100));
    const over = request(stream);
    await rejects(verifier.verifyRequest(over, NOW), "body_too_large");
    assert.deepEqual(seen, { pulled: 11, cancelled: true });
    assert.ok(!over.body.locked);
  });

  test("for its headers is not read at all", async () => {
    const { seen, stream } = source(endless(100));
    await rejects(
      verifier.verifyRequest(request(stream, { ...headers, "x-docutray-event": "STEP_FAILED" }), NOW),
      "auth_signature_mismatch",
      "x-docutray-auth-signature",
    );
    assert.deepEqual(seen, { pulled: 0, cancelled: false });
  });

  test("over the limit, even if cancelling its stream never completes", async () => {
    const stream = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(LIMIT + 1)),
      cancel: () => new Promise(() => {}),
    });
    await rejects(verifier.verifyRequest(request(stream), NOW), "body_too_large");
  });

  test("over the limit, even if cancelling its stream fails", async () => {
    const stream = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(LIMIT + 1)),
      cancel: () => Promise.reject(new Error("not now")),
    });
    await rejects(verifier.verifyRequest(request(stream), NOW), "body_too_large");
  });

  test("leaves the verifier as it was", async () => {
    assert.equal((await verifier.verifyRequest(request(body), NOW)).id, "conv_1");
  });
});

suite("the error for anything but an unread request says why", () => {
  const mistaken = (request, message) =>
    assert.rejects(verifier.verifyRequest(request, NOW), { name: "TypeError", message });

  test("read before", async () => {
    const read = request(body);
    await read.text();
    await mistaken(read, /was read.*await request\.arrayBuffer\(\)/);
  });

  test("being read", async () => {
    const locked = request(body);
    locked.body.getReader();
    await mistaken(locked, /being read/);
  });

  test("verified before", async () => {
    const verified = request(body);
    await verifier.verifyRequest(verified, NOW);
    await mistaken(verified, /was read/);
  });

  test("no Request", async () => {
    await mistaken({ headers, body: {} }, /takes a Web Request, but got an Object.*verifier\.verifyNode/);
    await mistaken(undefined, /but got undefined/);
    await mistaken(null, /but got null/);
  });

  test("an invalid time", async () => {
    await assert.rejects(verifier.verifyRequest(request(body), -1), { name: "TypeError", message: /Unix time/ });
  });

  test("a stream of values that are not bytes", async () => {
    const { seen, stream } = source([{ not: "bytes" }, {}]);
    await mistaken({ headers, body: stream, bodyUsed: false }, /raw request body/);
    assert.deepEqual(seen, { pulled: 1, cancelled: true });
  });
});

test("an error of the body's stream passes through unchanged", async () => {
  const mine = new Error("connection lost");
  const stream = new ReadableStream({ pull: (controller) => controller.error(mine) });
  await assert.rejects(verifier.verifyRequest(request(stream), NOW), (error) => error === mine);
});

test("a body whose sender gave up is not called forged, even if its stream ends like a complete one", async () => {
  const giving = new AbortController();
  const stream = new ReadableStream(
    {
      pull(controller) {
        controller.enqueue(Buffer.from(body.slice(0, 10)));
        giving.abort();
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  const cut = { headers, body: stream, bodyUsed: false, signal: giving.signal };
  await assert.rejects(verifier.verifyRequest(cut, NOW), { name: "Error", message: /gave up/ });
});
