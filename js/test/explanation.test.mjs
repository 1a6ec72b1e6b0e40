// The operator's log says whether the secret or the URL differs. The sender is not told.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { Verifier } from "docutray-webhook";
import { webHandler } from "docutray-webhook/handler";
import { delivery, NOW, SECRET, URL } from "./delivery.mjs";
import { request, saidDuring, told } from "./receiving.mjs";
import { refuses } from "./refusal.mjs";

const OTHER_URL = `${URL}/`;
const on = { "*": () => {} };

suite("a handler whose configuration does not fit", () => {
  for (const [options, words] of [
    [{ secret: SECRET, url: OTHER_URL }, /The URL differs: the body is signed with a configured secret/],
    [{ secret: "another", url: URL }, /The secret differs: no configured secret signed the body either/],
  ]) {
    test(String(words), async () => {
      const records = [];
      const handler = webHandler({ on, ...options, onDelivery: (record) => void records.push(record) });
      const said = await saidDuring(async () => {
        const { status, body } = await told(await handler(request()));
        assert.deepEqual([status, body.code], [401, "auth_signature_mismatch"]);
        assert.ok(!/differs|secret|URL/.test(JSON.stringify(body)), "the sender is not told");
      });
      assert.equal(said.length, 1);
      assert.match(said[0][0], words);
      assert.match(records[0].error.message, words);
    });
  }

  test("explains by a body of up to 64 KiB", async () => {
    for (const [size, words] of [[64 * 1024, /The URL differs/], [64 * 1024 + 1, /No configured secret and URL match/]]) {
      const payload = " ".repeat(size);
      const handler = webHandler({ on, secret: SECRET, url: OTHER_URL });
      const said = await saidDuring(() => handler(request({ payload, headers: { "content-length": String(size) } })));
      assert.match(said[0][0], words);
    }
  });

  test("explains again after a minute, with the bytes that it has given back", async (t) => {
    let ms = 0;
    t.mock.method(performance, "now", () => ms);
    const handler = webHandler({ on, secret: SECRET, url: OTHER_URL, maxBody: 1000, bodyBudget: 1000 });
    for (const minute of [1, 2, 3]) {
      ms = minute * 60_000;
      const said = await saidDuring(() => handler(request()));
      assert.match(said[0][0], /The URL differs/);
    }
    ms += 59_999;
    assert.deepEqual(await saidDuring(() => handler(request())), []);
  });

  test("does not lose the explanation to somebody who sends something else", async () => {
    const handler = webHandler({ on, secret: SECRET, url: OTHER_URL });
    const said = await saidDuring(async () => {
      const large = new Uint8Array(64 * 1024 + 1);
      await handler(request({ body: large, headers: { "content-length": String(large.length) } }));
      await handler(request());
      await handler(request());
    });
    assert.equal(said.length, 2);
    assert.match(said[0][0], /No configured secret and URL match/);
    assert.match(said[1][0], /The URL differs/);
  });
});

suite("a Verifier", () => {
  const { headers, body } = delivery();
  const differing = new Verifier({ secret: SECRET, url: OTHER_URL });

  test("explains the mismatch in the message of verify, as far as the body is at hand", () => {
    const message = (call) => refuses(call, "auth_signature_mismatch", "x-docutray-auth-signature").message;
    assert.match(message(() => differing.verify(headers, body, NOW)), /The URL differs/);
    assert.match(message(() => differing.begin(headers, NOW)), /No configured secret and URL match/);
    const limit = delivery({ payload: " ".repeat(64 * 1024) });
    assert.match(message(() => differing.verify(limit.headers, limit.body, NOW)), /The URL differs/);
    const beyond = delivery({ payload: " ".repeat(64 * 1024 + 1) });
    assert.match(message(() => differing.verify(beyond.headers, beyond.body, NOW)), /No configured secret and URL match/);
  });
});
