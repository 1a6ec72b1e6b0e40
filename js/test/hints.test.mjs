// What looks like a mistake in a secret is a warning when a verifier or a handler is made.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { Verifier } from "docutray-webhook";
import { webHandler } from "docutray-webhook/handler";
import { SECRET, URL } from "./delivery.mjs";
import { request, saidDuring } from "./receiving.mjs";

const on = { "*": () => {} };
const MISTAKES = {
  [`"${SECRET}"`]: /is in quotation marks/,
  [`'${SECRET}'`]: /is in quotation marks/,
  [`${SECRET}\n`]: /white space, a line end/,
  [`${SECRET}\r\n`]: /white space, a line end/,
  [` ${SECRET}`]: /begins or ends with white space:/,
  [`${SECRET}\\n`]: /the two characters \\n or \\r/,
  [`\ufeff${SECRET}`]: /byte order mark/,
  [`${SECRET}\u200b`]: /an invisible character/,
  undefined: /a missing value/,
};

suite("a secret with a mistake", () => {
  for (const [secret, words] of Object.entries(MISTAKES)) {
    test(JSON.stringify(secret), async () => {
      for (const make of [() => new Verifier({ secret, url: URL }), () => webHandler({ secret, url: URL, on })]) {
        const said = await saidDuring(make);
        assert.equal(said.length, 1);
        assert.match(said[0][0], /^docutray-webhook: A configured secret /);
        assert.match(said[0][0], words);
        assert.ok(!said[0][0].includes(SECRET));
      }
    });
  }
});

test("a usual secret has no warning", async () => {
  assert.deepEqual(await saidDuring(() => new Verifier({ secret: SECRET, url: URL })), []);
});

test("the hints on several secrets come each once, to the handler's logger", async () => {
  const lines = [];
  const logger = { warn: (...words) => lines.push(words), error() {} };
  const said = await saidDuring(() => webHandler({ secret: [" a", "'b'", " c"], url: URL, on, logger }));
  assert.deepEqual(said, []);
  assert.deepEqual(lines.map(([line]) => /white space|quotation/.exec(line)[0]), ["white space", "quotation"]);
});

test("the hint on a secret that a function returns comes with its delivery, once a minute", async () => {
  let secret = " one";
  const handler = webHandler({ secret: () => secret, url: URL, on });
  const said = await saidDuring(async () => {
    assert.equal((await handler(request({ secret }))).status, 200);
    secret = " two";
    assert.equal((await handler(request({ secret }))).status, 200);
  });
  assert.equal(said.length, 1);
  assert.match(said[0][0], /white space/);
});
