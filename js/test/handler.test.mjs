import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { Verifier } from "docutray-webhook";
import { webHandler } from "docutray-webhook/handler";
import { denoKv, durableObject, memory, postgres, postgresSchema, redis } from "docutray-webhook/idempotency";
import { authorizer } from "docutray-webhook/lambda";
import { completed, delivery, SECRET, URL } from "./delivery.mjs";
import { saidDuring, receiver, request, told } from "./receiving.mjs";

const JSON_TYPE = { "content-type": "application/json" };
const PROBLEM = "application/problem+json";

async function isProblem(response, status, code, field) {
  const { status: actual, headers, body } = await told(response);
  assert.deepEqual([actual, headers["content-type"]], [status, PROBLEM]);
  assert.deepEqual([body.status, body.code, body.field], [status, code, field]);
  assert.equal(typeof body.title, "string");
  assert.equal(typeof body.detail, "string");
  return headers;
}

async function isVerdict(response, verdict) {
  assert.deepEqual(await told(response), { status: 200, headers: JSON_TYPE, body: { verdict } });
}

suite("a valid delivery", () => {
  test("is handled once, and answered 200 each time", async () => {
    const { handled, handler } = receiver();
    await isVerdict(await handler(request()), "processed");
    await isVerdict(await handler(request()), "duplicate");
    assert.deepEqual(handled.map(({ event }) => event.key), ["CONVERSION_COMPLETED:conv_1"]);
  });

  test("comes in Deno, too, which calls a handler without a declared parameter with no request", () => {
    assert.equal(receiver().handler.length, 1);
  });

  test("reaches its handler with its payload, a token, a signal and seenBefore", async () => {
    const { handled, handler } = receiver();
    await handler(request());
    const [{ event, lease }] = handled;
    assert.deepEqual(event.payload, completed());
    assert.ok(Number.isSafeInteger(lease.token) && lease.token > 0);
    assert.equal(lease.signal.aborted, false);
    assert.equal(lease.seenBefore, false);
  });

  test("of an event without a handler is acknowledged, whether known or not", async () => {
    const { handled, handler } = receiver();
    await isVerdict(await handler(request({ event: "BATCH_ARCHIVED", payload: "{}" })), "acknowledged");
    const started = completed({ status: "PROCESSING" });
    await isVerdict(await handler(request({ event: "CONVERSION_STARTED", payload: started })), "acknowledged");
    assert.deepEqual(handled, []);
  });

  test("goes to its event's handler, or else to that of \"*\"", async () => {
    const seen = [];
    const note = (name) => (event) => seen.push([name, event.name]);
    const on = { CONVERSION_COMPLETED: note("own"), UNKNOWN: note("unknown"), "*": note("others") };
    const handler = webHandler({ secret: SECRET, url: URL, on });
    await isVerdict(await handler(request()), "processed");
    await isVerdict(await handler(request({ event: "BATCH_ARCHIVED", payload: "{}" })), "processed");
    const started = completed({ status: "PROCESSING" });
    await isVerdict(await handler(request({ event: "CONVERSION_STARTED", payload: started })), "processed");
    assert.deepEqual(seen, [
      ["own", "CONVERSION_COMPLETED"],
      ["unknown", "BATCH_ARCHIVED"],
      ["others", "CONVERSION_STARTED"],
    ]);
  });

  test("goes to a class's method with the right `this`", async () => {
    const seen = [];
    class Documents {
      #seen = seen;

      CONVERSION_COMPLETED({ id }) {
        this.#seen.push(id);
      }
    }
    const handler = webHandler({ secret: SECRET, url: URL, on: new Documents() });
    await isVerdict(await handler(request()), "processed");
    assert.deepEqual(seen, ["conv_1"]);
  });

  test("goes to a class, whose other methods may have any name that is not like an event's", async () => {
    class Documents {
      CONVERSION_COMPLETED() {}
      logERROR() {}
      Store_it() {}
      HANDLE_it() {}
    }
    await isVerdict(await webHandler({ secret: SECRET, url: URL, on: new Documents() })(request()), "processed");
  });

  test("leaves no timer behind", async (t) => {
    const [timeouts, intervals] = ["Timeout", "Interval"].map((kind) => {
      const [set, cleared] = [`set${kind}`, `clear${kind}`].map((name) => t.mock.method(globalThis, name).mock);
      return { set: () => set.calls.map(({ result }) => result), cleared: () => cleared.calls.map(({ arguments: [timer] }) => timer) };
    });
    await isVerdict(await receiver().handler(request()), "processed");
    for (const { set, cleared } of [timeouts, intervals]) {
      assert.ok(set().length > 0);
      assert.ok(set().every((timer) => cleared().includes(timer)));
    }
  });

  test("is completed even if its handler changed the event", async () => {
    const records = [];
    const { handler } = receiver({
      handle: (event) => Object.assign(event, { key: "another", id: "another", name: "another" }),
      onDelivery: (record) => void records.push(record),
    });
    await isVerdict(await handler(request()), "processed");
    await isVerdict(await handler(request()), "duplicate");
    assert.deepEqual(records.map(({ id }) => id), ["conv_1", "conv_1"]);
  });
});

suite("a handler that throws", () => {
  test("is answered 500, and its error is logged and not sent", async () => {
    const mine = new Error("the database said no");
    const { handler } = receiver({ handle: () => { throw mine; } });
    let response;
    const said = await saidDuring(async () => { response = await handler(request()); });
    assert.equal(said.length, 1);
    assert.equal(said[0].at(-1), mine);
    const { status, body } = await told(response);
    assert.deepEqual([status, body.code], [500, "handler_failed"]);
    assert.doesNotMatch(JSON.stringify(body), /database/);
  });
});

suite("a request that brings no event", () => {
  const { handled, handler } = receiver({ maxBody: 1000 });
  const over = "x".repeat(1001);

  /** Returns a body that records whether it is read. */
  function watched(chunks) {
    let pulled = 0;
    const stream = new ReadableStream(
      {
        pull(controller) {
          pulled += 1;
          controller.enqueue(Buffer.from(chunks));
        },
      },
      { highWaterMark: 0 },
    );
    return { stream, pulled: () => pulled };
  }

  test("because its body is too large is read no further: 413", async () => {
    const { stream, pulled } = watched("x".repeat(500));
    const over = request({ body: stream });
    await isProblem(await handler(over), 413, "body_too_large");
    assert.equal(pulled(), 3);
    assert.equal(over.body.locked, false);
  });

  test("because its body is too large is not cancelled, so that its sender gets the answer", async () => {
    let cancelled = false;
    const stream = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(600)),
      cancel: () => {
        cancelled = true;
      },
    });
    await isProblem(await handler(request({ body: stream })), 413, "body_too_large");
    assert.equal(cancelled, false);
  });

  test("because its sender gave up is refused: 400", async () => {
    const stream = new ReadableStream({
      start: (controller) => controller.enqueue(Buffer.from(delivery().body)),
      pull: (controller) => controller.error(new Error("connection lost")),
    });
    const { handler } = receiver();
    const incomplete = async () => isProblem(await handler(request({ body: stream })), 400, "incomplete_body");
    const [said] = await saidDuring(incomplete);
    assert.match(String(said.at(-1)), /connection lost/);
  });

  test("because its sender gave up is not called forged, although its body ends: 400", async () => {
    const { handler } = receiver();
    const sender = new AbortController();
    const { body } = delivery();
    const pieces = [body.slice(0, 20)];
    const stream = new ReadableStream({
      pull: (controller) => {
        const piece = pieces.shift();
        if (piece !== undefined) {
          return controller.enqueue(Buffer.from(piece));
        }
        sender.abort();
        controller.close();
      },
    });
    // With undici, aborting a request makes its own body fail. This request is a framework's.
    const { method, headers } = request();
    const own = { method, headers, body: stream, bodyUsed: false, signal: sender.signal };
    await saidDuring(async () => isProblem(await handler(own), 400, "incomplete_body"));
  });

  test("because a framework truncated it is not called forged: 400, and the log says how much arrived", async () => {
    const { handler } = receiver();
    const { body } = delivery();
    const cut = () => request({ headers: { "content-length": String(body.length + 1) }, body: Buffer.from(body) });
    const [said] = await saidDuring(async () => isProblem(await handler(cut()), 400, "incomplete_body"));
    assert.match(String(said.at(-1)), new RegExp(`${body.length} bytes came, but Content-Length says ${body.length + 1}`));
  });

  test("because its body was read before is answered 500, and the log says what to do", async () => {
    const read = request();
    await read.text();
    const said = await saidDuring(async () => isProblem(await handler(read), 500, "raw_body_gone"));
    assert.match(String(said[0].at(-1)), /was read.*Call .*the handler, before anything reads it.*In Elysia, .*\{ parse: "none" \}/);
  });

  test("never reaches the handler", () => assert.deepEqual(handled, []));
});

suite("a handler accepts what frameworks pass", () => {
  test("an event that contains the request (SvelteKit, Astro), or a context that does (Hono)", async () => {
    const { handler } = receiver();
    await isVerdict(await handler({ request: request() }), "processed");
    await isVerdict(await handler({ req: { raw: request() } }), "duplicate");
    await isVerdict(await handler(request(), { SECRET: "environment" }, { waitUntil() {} }), "duplicate");
  });

  test("an event of h3 2 (the request is in `req`) and of Qwik (its own `headers` are the response's)", async () => {
    const { handler } = receiver();
    await isVerdict(await handler({ req: request(), res: {}, url: new globalThis.URL("http://localhost/hooks") }), "processed");
    await isVerdict(await handler({ request: request(), headers: new Headers(), method: "POST" }), "duplicate");
  });

  test("a request of Next's edge, some of whose properties throw", async () => {
    const edge = request();
    const notHere = () => {
      throw new Error("not here");
    };
    for (const name of ["request", "req", "platform", "locals"]) {
      Object.defineProperty(edge, name, { get: notHere });
    }
    edge.waitUntil = notHere;
    await isVerdict(await receiver().handler(edge), "processed");
  });

  test("the error for anything else says which entry to use", async () => {
    for (const wrong of [undefined, null, {}, { headers: {} }, { headers: new Headers() }, { request: {} }, "request"]) {
      await assert.rejects(receiver().handler(wrong), { name: "TypeError", message: /docutray-webhook\/node/ });
    }
  });
});

suite("wrong options fail when the handler is made", () => {
  const on = { "*": () => {} };
  const base = { secret: SECRET, url: URL, on };
  const store = { claim() {}, renew() {}, complete() {}, release() {} };
  class Misspelt {
    CONVERSION_COMPLETE() {}
    "*"() {}
  }
  class Older {
    CONVERSION_ARCHIVED() {}
    "*"() {}
  }
  const faults = {
    "no secret": [{ ...base, secret: "" }, "secret"],
    "no handlers": [{ secret: SECRET, url: URL }, "on"],
    "handlers that are null": [{ ...base, on: null }, "on"],
    "handlers that are a function": [{ ...base, on: () => {} }, "on"],
    "no handler for any event, so that all events would be lost": [{ ...base, on: {} }, "on"],
    "only a handler that is undefined": [{ ...base, on: { CONVERSION_COMPLETED: undefined } }, "on"],
    "an event that does not exist": [{ ...base, on: { CONVERSION_DONE: () => {} } }, "on"],
    "a misspelt event that is undefined": [{ ...base, on: { ...on, STEP_FAILD: undefined } }, "on"],
    "a class whose method is a misspelt event": [{ ...base, on: new Misspelt() }, "on"],
    "a class whose method has the name of a removed event": [{ ...base, on: new Older() }, "on"],
    "handlers in a Map, which would not be found": [{ ...base, on: new Map([["*", () => {}]]) }, "on"],
    "a method that is not a function": [{ ...base, on: Object.create({ "*": "handle" }) }, "on"],
    "a handler that is not a function": [{ ...base, on: { "*": "handle" } }, "on"],
    "a deadline of 0": [{ ...base, deadline: 0 }, "deadline"],
    "a deadline beyond Docutray's": [{ ...base, deadline: 30 }, "deadline"],
    "a deadline that is not a number": [{ ...base, deadline: "25" }, "deadline"],
    "a budget below one body": [{ ...base, maxBody: 1000, bodyBudget: 999 }, "bodyBudget"],
    "a budget below one body of the default size": [{ ...base, bodyBudget: 1000 }, "bodyBudget"],
    "an infinite budget": [{ ...base, bodyBudget: Infinity }, "bodyBudget"],
    "a budget that is not a number": [{ ...base, bodyBudget: "64 MiB" }, "bodyBudget"],
    "a client in place of a store": [{ ...base, idempotency: { get() {} } }, "idempotency"],
    "a store whose lease never ends": [{ ...base, idempotency: { ...store, lease: Infinity } }, "idempotency"],
    "a store whose lease is not a number": [{ ...base, idempotency: { ...store, lease: "60" } }, "idempotency"],
    "a store that is null": [{ ...base, idempotency: null }, "idempotency"],
    "a store that is a function": [{ ...base, idempotency: Object.assign(() => {}, memory()) }, "idempotency"],
    "a deadline below 0": [{ ...base, deadline: -1 }, "deadline"],
    "an onUnfit that is not a function": [{ ...base, onUnfit: true }, "onUnfit"],
    "an onDelivery that is not a function": [{ ...base, onDelivery: console }, "onDelivery"],
    "an option that does not exist": [{ ...base, cache: true }, "cache"],
    "a misspelt option": [{ ...base, tolerence: 60 }, "tolerence"],
    "a misspelt option of a class": [new (class { secret = SECRET; url = URL; on = on; get idempotancy() { return store; } })(), "idempotancy"],
  };
  for (const method of ["claim", "renew", "complete", "release"]) {
    faults[`a store without ${method}`] = [{ ...base, idempotency: { ...memory(), [method]: undefined } }, "idempotency"];
  }
  for (const [title, [options, field]] of Object.entries(faults)) {
    test(title, () => {
      assert.throws(() => webHandler(options), { name: "WebhookError", code: "invalid_config", field, status: 500 });
    });
  }

  test("a verifier that was made before another option was refused is freed", (t) => {
    const free = t.mock.method(Verifier.prototype, "free");
    assert.throws(() => webHandler({ ...base, deadline: 0 }), { field: "deadline" });
    assert.equal(free.mock.callCount(), 1);
    assert.throws(() => webHandler({ ...base, secret: () => SECRET, deadline: 0 }), { field: "deadline" });
    assert.equal(free.mock.callCount(), 2);
  });

  test("the error about a misspelt name suggests the right one", () => {
    const meant = { tolerence: "tolerance", idempotancy: "idempotency", onDelivry: "onDelivery", max_body: "maxBody", urls: "url", SECRET: "secret" };
    for (const [name, known] of Object.entries(meant)) {
      const message = new RegExp(`${name} is not an option: did you mean ${known}\\?`);
      assert.throws(() => webHandler({ ...base, [name]: 1 }), { code: "invalid_config", field: name, message });
    }
    assert.throws(() => webHandler({ ...base, on: new Misspelt() }), { message: /CONVERSION_COMPLETE; did you mean CONVERSION_COMPLETED\?/ });
    assert.throws(() => webHandler({ ...base, cache: true }), { message: /cache is not an option: the options are secret, url, / });
  });

  test("one error names everything that is wrong, of the verifier and of the handler", () => {
    const wrong = { secret: "", url: URL, on: {}, deadline: 31, bodyBudget: -1, onUnfit: 1, tolerence: 1 };
    assert.throws(() => webHandler(wrong), (error) => {
      assert.deepEqual([error.code, error.field], ["invalid_config", "secret"]);
      for (const name of ["secret", "on", "deadline", "bodyBudget", "onUnfit", "tolerence"]) {
        assert.match(error.message, new RegExp(`[ ;]${name}\\b`));
      }
      return true;
    });
  });
});

suite("options are read", () => {
  test("from a class and from its ancestors", async () => {
    class Settings {
      get url() {
        return URL;
      }
      /** A method of the class is not an option. */
      reload() {}
    }
    class Documents extends Settings {
      secret = SECRET;
      on = { "*": () => {} };
    }
    await isVerdict(await webHandler(new Documents())(request()), "processed");
  });

  test("from an object without a prototype", async () => {
    const options = Object.assign(Object.create(null), { secret: SECRET, url: URL, on: Object.assign(Object.create(null), { "*": () => {} }) });
    await isVerdict(await webHandler(options)(request()), "processed");
  });

  test("once each", () => {
    const reads = {};
    const options = {};
    for (const [name, value] of Object.entries({ secret: SECRET, url: URL, on: { "*": () => {} }, deadline: 1, bodyBudget: undefined })) {
      Object.defineProperty(options, name, { enumerable: true, get: () => ((reads[name] = (reads[name] ?? 0) + 1), value) });
    }
    webHandler(options);
    assert.deepEqual(reads, { secret: 1, url: 1, on: 1, deadline: 1, bodyBudget: 1 });
  });

  test("never from Object.prototype, even if it was polluted", async (t) => {
    // Made first, since the test's own code reads Object.prototype, too.
    const unknown = request({ event: "BATCH_ARCHIVED", payload: "{}" });
    t.after(() => {
      for (const name of ["url", "deadline", "tolerence", "STEP_FAILED", "*"]) {
        delete Object.prototype[name];
      }
    });
    Object.assign(Object.prototype, { url: false, deadline: 99, tolerence: 1, STEP_FAILED: "no function", "*": () => assert.fail("it was called") });
    const on = { CONVERSION_COMPLETED: () => {} };
    assert.throws(() => webHandler({ secret: SECRET, on }), { code: "invalid_config", field: "url" });
    const handler = webHandler({ secret: SECRET, url: URL, on });
    await isVerdict(await handler(unknown), "acknowledged");
  });

  test("by the stores in the same way", () => {
    assert.throws(() => memory({ limt: 5 }), { code: "invalid_config", field: "limt", message: /did you mean limit\?/ });
    assert.throws(() => memory({ lease: 0, remember: 1, limit: 0 }), { field: "lease", message: /lease .*; remember .*; limit / });
    assert.throws(() => redis({ eval() {}, evalSha() {} }, { prefx: "a" }), { code: "invalid_config", field: "prefx", message: /did you mean prefix\?/ });
    assert.throws(() => postgres({ query() {} }, { tabel: "a" }), { code: "invalid_config", field: "tabel" });
    assert.throws(() => postgresSchema({ tables: "a" }), { code: "invalid_config", field: "tables", message: /did you mean table\?/ });
    assert.throws(() => denoKv({ atomic() {} }, { leese: 1 }), { code: "invalid_config", field: "leese", message: /did you mean lease\?/ });
    assert.throws(() => durableObject({ idFromName() {} }, { remembr: 1 }), { code: "invalid_config", field: "remembr" });
    assert.throws(() => redis({ eval() {}, evalSha() {} }, "prefix:"), { name: "TypeError", message: /the options have to be an object, but are a string/ });
  });

  test("by the authorizer in the same way", () => {
    assert.throws(() => authorizer({ secret: SECRET, url: false, respons: "iam", response: "yaml" }), (error) => {
      assert.deepEqual([error.code, error.field], ["invalid_config", "url"]);
      assert.match(error.message, /url must not be false.*; response has to be .*; respons is not an option: did you mean response\?/);
      return true;
    });
  });
});
