import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { suite, test } from "node:test";
import { inspect, isDeepStrictEqual } from "node:util";
import { Verifier } from "docutray-webhook";
import { completed, delivery, NOW, REQUEST_ID, SECRET, URL } from "./delivery.mjs";

const verifier = new Verifier({ secret: SECRET, url: URL });

/** Returns a new event, whose payload has not been read. */
function event(options) {
  const { headers, body } = delivery(options);
  return verifier.verify(headers, body, NOW);
}

/** What every view of the event must show. */
const whole = {
  type: "CONVERSION_COMPLETED",
  name: "CONVERSION_COMPLETED",
  delivery: { requestId: REQUEST_ID, timestamp: NOW, event: "CONVERSION_COMPLETED", metadataAuthenticated: true },
  id: "conv_1",
  key: "CONVERSION_COMPLETED:conv_1",
  payload: completed(),
};

suite("an event behaves like a plain object, whether or not its payload was read", () => {
  const views = {
    "itself": (event) => event,
    "structuredClone": structuredClone,
    "spread": (event) => ({ ...event }),
    "Object.assign": (event) => Object.assign({}, event),
    "Object.entries": (event) => Object.fromEntries(Object.entries(event)),
    "JSON": (event) => JSON.parse(JSON.stringify(event)),
  };
  for (const [view, seen] of Object.entries(views)) {
    test(view, () => {
      assert.deepStrictEqual(seen(event()), whole);
      const read = event();
      read.payload;
      assert.deepStrictEqual(seen(read), whole);
    });
  }

  test("isDeepStrictEqual, both ways", () => {
    assert.ok(isDeepStrictEqual(event(), whole));
    assert.ok(isDeepStrictEqual(whole, event()));
    assert.ok(isDeepStrictEqual(event(), event()));
    assert.ok(!isDeepStrictEqual(event(), { ...whole, payload: completed({ conversion_id: "conv_2" }) }));
  });

  test("console.log", () => {
    assert.equal(inspect(event()), inspect(whole));
    assert.equal(inspect({ nested: [event()] }, { depth: 9 }), inspect({ nested: [whole] }, { depth: 9 }));
  });

  test("its keys, in order", () => {
    assert.deepEqual(Object.keys(event()), Object.keys(whole));
  });
});

suite("the payload", () => {
  test("is parsed when first read, and once", () => {
    const { parse } = JSON;
    let parsed = 0;
    JSON.parse = (...args) => {
      parsed += 1;
      return parse(...args);
    };
    try {
      const unread = event();
      assert.equal(parsed, 0);
      assert.equal(unread.payload, unread.payload);
      assert.equal(parsed, 1);
    } finally {
      JSON.parse = parse;
    }
  });

  test("is then a plain property", () => {
    const read = event();
    const { payload } = read;
    assert.deepEqual(Object.getOwnPropertyDescriptor(read, "payload"), {
      value: payload,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  });

  test("can be replaced before and after it was read", () => {
    const unread = event();
    unread.payload = { mine: 1 };
    assert.deepEqual(unread.payload, { mine: 1 });
    const read = event();
    read.payload;
    read.payload = { mine: 2 };
    assert.deepEqual(read.payload, { mine: 2 });
  });

  test("can be read on a frozen event, whose getter stays", () => {
    const frozen = Object.freeze(event());
    assert.deepEqual(frozen.payload, completed());
    assert.throws(() => {
      frozen.payload = {};
    }, TypeError);
    assert.deepEqual(frozen.payload, completed());
  });

  test("keeps `__proto__` and `constructor` as keys, and no prototype changes", () => {
    const text = JSON.stringify(completed()).replace(
      '"data":{',
      '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"data":{"__proto__":{"polluted":1},',
    );
    const hostile = event({ payload: text });
    for (const seen of [hostile, structuredClone(hostile), JSON.parse(JSON.stringify(hostile)), { ...hostile }]) {
      assert.deepEqual(Object.getOwnPropertyDescriptor(seen.payload, "__proto__")?.value, { polluted: 1 });
      assert.ok(Object.hasOwn(seen.payload.data, "__proto__"));
      assert.equal(Object.getPrototypeOf(seen.payload), Object.prototype);
      assert.equal(seen.payload.polluted, undefined);
    }
    assert.equal({}.polluted, undefined);
    assert.match(inspect(hostile), /\['__proto__'\]/);
  });

  test("keeps unknown fields, and every digit in raw", () => {
    const text = JSON.stringify(completed()).replace("1190.5", "1190.50000000000000000001");
    const grown = event({ payload: text.replace("{", '{"new_field":[1],') });
    assert.deepEqual(grown.payload.new_field, [1]);
    assert.match(grown.raw, /1190\.50000000000000000001/);
  });
});

test("raw is the body's text, not enumerable and not writable", () => {
  const { headers, body } = delivery();
  const verified = verifier.verify(headers, body, NOW);
  assert.equal(verified.raw, body);
  assert.ok(!Object.keys(verified).includes("raw"));
  assert.throws(() => {
    verified.raw = "{}";
  }, TypeError);
});

suite("raw", () => {
  const { headers, body } = delivery({ payload: completed({ data: { text: "ñ€😀" } }) });

  /** Returns how often text is decoded during `call`. */
  function decodings(context, call) {
    const decode = context.mock.method(TextDecoder.prototype, "decode");
    call();
    const count = decode.mock.callCount();
    decode.mock.restore();
    return count;
  }

  test("is decoded when it or the payload is first read, and once", (context) => {
    let event;
    const verdictAlone = decodings(context, () => (event = verifier.verify(headers, Buffer.from(body), NOW)));
    assert.equal(verdictAlone, 1);
    assert.equal(decodings(context, () => event.payload), 1);
    assert.equal(decodings(context, () => assert.equal(event.raw, body)), 0);
  });

  test("is the caller's text if the body was text", (context) => {
    const event = verifier.verify(headers, body, NOW);
    assert.equal(decodings(context, () => assert.equal(event.raw, body)), 0);
  });

  test("stays unchanged when the caller changes its bytes or other bodies follow", () => {
    for (const text of ["x", "x".repeat(3000), "x".repeat(100_000)]) {
      const one = delivery({ payload: completed({ data: { text } }) });
      const bytes = Buffer.from(one.body);
      const events = Array.from({ length: 20 }, () => verifier.verify(one.headers, bytes, NOW));
      bytes.fill(0x20);
      verifier.verify(headers, Buffer.from(body), NOW);
      for (const event of events) {
        assert.equal(event.raw, one.body);
        assert.deepEqual(event.payload, JSON.parse(one.body));
      }
    }
  });

  test("cannot be read through a proxy, and the error says what to do", () => {
    const event = verifier.verify(headers, body, NOW);
    assert.throws(() => new Proxy(event, {}).raw, /^TypeError: payload and raw can only be read .* read them before it is wrapped/);
    assert.equal(new Proxy({ ...event }, {}).payload.conversion_id, "conv_1");
  });
});

test("an unknown event has its name, no id, and a key made from its body", () => {
  const unknown = event({ event: "CONVERSION_ARCHIVED", payload: { anything: [] } });
  assert.equal(unknown.type, "UNKNOWN");
  assert.equal(unknown.name, "CONVERSION_ARCHIVED");
  assert.equal(unknown.id, null);
  assert.equal(unknown.key, `CONVERSION_ARCHIVED:${createHash("sha256").update('{"anything":[]}').digest("hex")}`);
  assert.deepEqual(unknown.payload, { anything: [] });
});

test("an id may contain any text", () => {
  const id = "c:\0\u2028😀\u0007";
  const odd = event({ payload: completed({ conversion_id: id }) });
  assert.equal(odd.id, id);
  assert.equal(odd.key, `CONVERSION_COMPLETED:${id}`);
});
