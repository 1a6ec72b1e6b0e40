import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { inspect } from "node:util";
import { Verifier, WebhookError } from "docutray-webhook";
import { delivery, NOW, SECRET, URL } from "./delivery.mjs";
import { mistakes, refuses } from "./refusal.mjs";

const good = { secret: SECRET, url: URL };

function thrownBy(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  assert.fail("nothing was thrown");
}

suite("a WebhookError", () => {
  const verifier = new Verifier(good);
  const { headers } = delivery();
  const error = thrownBy(() => verifier.verify(headers, "{}", NOW));

  test("is an Error with code, field and status", () => {
    assert.ok(error instanceof WebhookError && error instanceof Error);
    assert.equal(error.code, "signature_mismatch");
    assert.equal(error.field, "x-docutray-signature");
    assert.equal(error.status, 401);
    assert.equal(error.name, "WebhookError");
    assert.match(error.message, /^signature_mismatch: x-docutray-signature/);
  });

  test("prints its name, its message and its stack", () => {
    assert.match(error.stack, /^WebhookError: signature_mismatch: /);
    assert.match(error.stack, /error\.test\.mjs/);
    assert.match(inspect(error), /code: 'signature_mismatch'/);
    assert.equal(String(error), `WebhookError: ${error.message}`);
  });

  test("is written whole by JSON.stringify, without its finding", () => {
    const { name, code, field, status, message } = error;
    assert.deepEqual(JSON.parse(JSON.stringify({ error })), { error: { name, code, field, status, message } });
  });

  test("has no field if nothing single is at fault", () => {
    const small = new Verifier({ ...good, maxBody: 1 });
    const { headers, body } = delivery();
    const error = thrownBy(() => small.verify(headers, body, NOW));
    assert.equal(error.code, "body_too_large");
    assert.equal(error.field, undefined);
    assert.equal(error.status, 413);
  });

  test("contains neither secret nor body", () => {
    const { headers } = delivery({ secret: "another" });
    const error = thrownBy(() => verifier.verify(headers, "private text", NOW));
    assert.ok(!inspect(error).includes(SECRET));
    assert.ok(!inspect(error).includes("private text"));
  });
});

suite("an option", () => {
  test("that is wrong has its JavaScript name in the error", () => {
    const wrong = {
      secret: [undefined, null, "", [], 7, [7], { length: 0 }, Array(9).fill("s"), Buffer.from("s")],
      url: [undefined, null, true, "", [], [7], 7, { href: URL }, new globalThis.URL("ftp://example.com"), Array(9).fill("u")],
      tolerance: [0, -1, 86_401, 1.5, NaN, Infinity, -Infinity, "300", null, {}],
      maxBody: [-1, 1.5, NaN, Infinity, 2 ** 28 + 1, 2 ** 32, 2 ** 53, 2 ** 64, "1", null, {}],
    };
    for (const [option, values] of Object.entries(wrong)) {
      for (const value of values) {
        refuses(() => new Verifier({ ...good, [option]: value }), "invalid_config", option);
      }
    }
  });

  test("is accepted at both ends of its range", () => {
    const right = {
      secret: ["s", ["s"], Array(8).fill("s")],
      url: [URL, [URL], Array(8).fill(URL), false],
      tolerance: [1, 86_400, undefined],
      maxBody: [0, 2 ** 28, undefined],
    };
    for (const [option, values] of Object.entries(right)) {
      for (const value of values) {
        new Verifier({ ...good, [option]: value }).free();
      }
    }
  });

  test("is read once", () => {
    const reads = [];
    const options = new Proxy({ ...good, tolerance: 300, maxBody: 1000 }, {
      get(target, name) {
        reads.push(name);
        return target[name];
      },
    });
    new Verifier(options);
    assert.deepEqual(reads.sort(), ["maxBody", "secret", "tolerance", "url"]);
  });

  test("whose getter throws passes that error on", () => {
    for (const mine of [new Error("mine"), { code: "missing_header" }, "mine", undefined]) {
      const options = {
        ...good,
        get url() {
          throw mine;
        },
      };
      assert.equal(thrownBy(() => new Verifier(options)), mine);
    }
  });

  test("may be changed afterwards without effect", () => {
    const options = { secret: [SECRET], url: [URL] };
    const verifier = new Verifier(options);
    options.secret[0] = "another";
    options.url.length = 0;
    const { headers, body } = delivery();
    assert.equal(verifier.verify(headers, body, NOW).id, "conv_1");
  });
});

test("the error for missing options says what to pass", () => {
  for (const options of [undefined, null, SECRET]) {
    mistakes(() => new Verifier(options), /new Verifier\(\{ secret, url \}\)/);
  }
});

test("printing a verifier does not show its secret", () => {
  const verifier = new Verifier(good);
  const shown = [inspect(verifier, { showHidden: true, depth: 9 }), JSON.stringify(verifier), String(verifier)];
  for (const text of [...shown, ...Object.values(verifier)]) {
    assert.ok(!text.includes(SECRET), text);
  }
});
