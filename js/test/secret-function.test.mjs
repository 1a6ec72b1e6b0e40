// `secret` and `url` as functions, which are asked for each request.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { Verifier } from "docutray-webhook";
import { webHandler } from "docutray-webhook/handler";
import { fresh, SECRET, URL } from "./delivery.mjs";
import { later, request, saidDuring, told } from "./receiving.mjs";
import { refuses } from "./refusal.mjs";
import { stoppedClock } from "./clock.mjs";

const on = { "*": () => {} };

function handlerWith(options) {
  return webHandler({ url: URL, on, ...options });
}

async function statusOf(handler, delivery) {
  return (await handler(request(delivery))).status;
}

suite("a function", () => {
  test("rotates the secret without a restart", async () => {
    let secret = SECRET;
    const handler = handlerWith({ secret: () => secret });
    assert.equal(await statusOf(handler), 200);
    secret = ["new", "old"];
    assert.equal(await statusOf(handler, { secret: "new" }), 200);
    assert.equal(await statusOf(handler, { secret: "old" }), 200);
    await saidDuring(async () => assert.equal(await statusOf(handler), 401));
  });

  test("may be asynchronous, and gives the URL as well", async () => {
    const handler = webHandler({ on, secret: async () => SECRET, url: async () => [`${URL}/other`, URL] });
    assert.equal(await statusOf(handler), 200);
  });

  test("gets the request's headers by their names, in any case", async () => {
    const seen = [];
    const secret = ({ headers }) => (seen.push(...["X-Tenant", "x-tenant", "x-none"].map((name) => headers.get(name))), SECRET);
    assert.equal(await statusOf(handlerWith({ secret }), { headers: { "x-Tenant": "acme" } }), 200);
    assert.deepEqual(seen, ["acme", "acme", null]);
  });

  test("needs no variable when the handler is made, as in next build", () => {
    webHandler({ on, secret: () => process.env.NOT_THERE, url: () => process.env.NOT_THERE });
  });

  test("leaves everything else checked when the handler is made", () => {
    const secret = () => SECRET;
    refuses(() => webHandler({ on, secret, url: "example.com" }), "invalid_config", "url");
    refuses(() => handlerWith({ secret, tolerance: 0 }), "invalid_config", "tolerance");
    refuses(() => handlerWith({ secret, maxBody: 10, bodyBudget: 9 }), "invalid_config", "bodyBudget");
  });

  test("is not called for a request that no secret could verify", async (t) => {
    const secret = t.mock.fn(() => SECRET);
    const handler = handlerWith({ secret });
    await saidDuring(async () => {
      assert.equal(await statusOf(handler, { method: "GET" }), 405);
      assert.equal(await statusOf(handler, { headers: { "content-type": "text/plain" } }), 415);
      const { body } = await told(await handler(request({ headers: { "x-docutray-timestamp": "now" } })));
      assert.deepEqual([body.code, body.field], ["malformed_header", "x-docutray-timestamp"]);
    });
    assert.equal(secret.mock.callCount(), 0);
  });

  test("leaves the order of the checks as it is: the signature before the time", async () => {
    const handler = handlerWith({ secret: () => SECRET });
    await saidDuring(async () => {
      for (const [secret, code] of [["another", "auth_signature_mismatch"], [SECRET, "timestamp_too_old"]]) {
        const { body } = await told(await handler(request({ secret, timestamp: 1_705_314_600 })));
        assert.equal(body.code, code);
      }
    });
  });
});

suite("a function without an answer", () => {
  for (const [what, secret] of Object.entries({
    throws: () => {
      throw new Error("the manager is away");
    },
    rejects: () => Promise.reject(new Error("the manager is away")),
  })) {
    test(`that ${what}: 503, and the log has the error, once a minute`, async () => {
      const records = [];
      const handler = handlerWith({ secret, onDelivery: (record) => void records.push(record) });
      const said = await saidDuring(async () => {
        for (let count = 0; count < 3; count++) {
          const { status, headers, body } = await told(await handler(request()));
          assert.deepEqual([status, headers["retry-after"], body.code], [503, "30", "verifier_unavailable"]);
          assert.ok(!JSON.stringify(body).includes("manager"), "the sender learns nothing of it");
        }
      });
      assert.equal(said.length, 1);
      assert.match(said[0][0], /answered 503: there is no secret to verify it with/);
      assert.equal(said[0][1].cause.message, "the manager is away");
      assert.deepEqual(records.map(({ verdict, event }) => [verdict, event]), Array(3).fill(["unavailable", undefined]));
    });
  }

  test("that hangs: 503 at the deadline", async (t) => {
    const clock = stoppedClock(t);
    const handler = handlerWith({ secret: () => new Promise(() => {}), deadline: 7 });
    await saidDuring(async () => {
      // Not at the clock's start.
      await clock.pass(10);
      const answered = [];
      void handler(request()).then((response) => answered.push(response.status));
      await clock.pass(6.9);
      assert.deepEqual(answered, []);
      await clock.pass(7);
      assert.deepEqual(answered, [503]);
    });
  });

  for (const empty of [undefined, null, "", []]) {
    test(`that returns ${JSON.stringify(empty)}: 500 invalid_config, and the log says which option`, async () => {
      const said = await saidDuring(async () => {
        for (const options of [{ secret: () => empty }, { secret: SECRET, url: () => empty }]) {
          const { status, body } = await told(await handlerWith(options)(request()));
          assert.deepEqual([status, body.code, body.field], [500, "invalid_config", undefined]);
        }
      });
      const returned = String(empty) || "nothing";
      assert.ok(said[0][0].includes(`invalid_config: secret is a function that returned ${returned} for this request`), said[0][0]);
      assert.ok(said[1][0].includes(`invalid_config: url is a function that returned ${returned} for this request`), said[1][0]);
    });
  }

  for (const wrong of [7, {}, [""], ["a", 7], Array(9).fill("s")]) {
    test(`that returns ${JSON.stringify(wrong)} in place of a secret: 500 invalid_config`, async () => {
      const said = await saidDuring(async () => assert.equal(await statusOf(handlerWith({ secret: () => wrong })), 500));
      assert.match(said[0][0], /invalid_config/);
    });
  }

  test("never turns the check of the metadata off", async () => {
    await saidDuring(async () => assert.equal(await statusOf(handlerWith({ secret: SECRET, url: () => false })), 500));
  });
});

test("at most 100 calls are under way, and those beyond are answered 503 at once", async () => {
  const secret = later();
  const handler = handlerWith({ secret: () => secret.promise });
  const first = Array.from({ length: 100 }, () => handler(request()));
  await saidDuring(async () => assert.equal(await statusOf(handler), 503));
  secret.resolve(SECRET);
  const statuses = (await Promise.all(first)).map(({ status }) => status);
  assert.ok(statuses.includes(200) && !statuses.includes(401), String(statuses));
  assert.equal(await statusOf(handler), 200);
});

suite("verifiers are kept by secret and URL", () => {
  /** Counts verifiers of these secrets: made and freed. */
  function counted(t) {
    return t.mock.method(Verifier.prototype, "free");
  }

  test("the least recently used one is freed when there are too many, but not while a delivery uses it", async (t) => {
    let secret = "first";
    const handler = handlerWith({ secret: () => secret });
    const signed = fresh({ secret });
    const { readable, writable } = new TransformStream();
    const slow = handler(new Request("http://localhost/", { method: "POST", headers: signed.headers, body: readable, duplex: "half" }));
    await new Promise(setImmediate);
    const free = counted(t);
    for (let count = 0; count < 100; count++) {
      secret = `secret ${count}`;
      assert.equal(await statusOf(handler, { secret, id: `conv_${count}` }), 200);
    }
    assert.equal(free.mock.callCount(), 0, "a delivery uses the oldest");
    const writer = writable.getWriter();
    void writer.write(new TextEncoder().encode(signed.body));
    void writer.close();
    assert.equal((await slow).status, 200);
    assert.equal(free.mock.callCount(), 1);
    secret = "secret 0";
    assert.equal(await statusOf(handler, { secret }), 200);
    secret = "one more";
    assert.equal(await statusOf(handler, { secret, id: "one_more" }), 200);
    assert.equal(free.mock.callCount(), 2);
    secret = "secret 0";
    assert.equal(await statusOf(handler, { secret }), 200);
    assert.equal(free.mock.callCount(), 2, "it was used, so another was freed");
  });

  test("one that nobody has used is kept for less than an hour", async (t) => {
    let now = 0;
    t.mock.method(performance, "now", () => now);
    const free = counted(t);
    for (const [seconds, freed] of [[3599.999, 0], [3600, 1]]) {
      let secret = `before ${seconds}`;
      const handler = handlerWith({ secret: () => secret });
      assert.equal(await statusOf(handler, { secret, id: `${seconds}` }), 200);
      now += seconds * 1000;
      secret = `after ${seconds}`;
      assert.equal(await statusOf(handler, { secret, id: `${seconds}_after` }), 200);
      assert.equal(free.mock.callCount(), freed);
    }
  });

  test("one that nobody has used for an hour is freed with the next delivery", async (t) => {
    const clock = stoppedClock(t);
    let secret = "before the rotation";
    const handler = handlerWith({ secret: () => secret });
    const sent = async (id) => {
      const answer = statusOf(handler, { secret, id });
      await clock.pass(performance.now() / 1000);
      assert.equal(await answer, 200);
    };
    await sent("one");
    const free = counted(t);
    await clock.pass(10);
    secret = "after the rotation";
    await sent("two");
    assert.equal(free.mock.callCount(), 0);
    await clock.pass(3605);
    await sent("three");
    assert.equal(free.mock.callCount(), 1);
  });
});
