import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { memory } from "docutray-webhook/idempotency";
import { stoppedClock, turn } from "./clock.mjs";
import { later, receiver, request, saidDuring, told } from "./receiving.mjs";

/** A store that counts calls of its methods, some replaced. */
function watched(store, replaced = {}) {
  const calls = { claim: 0, renew: 0, complete: 0, release: 0 };
  const methods = Object.keys(calls).map((name) => [
    name,
    (...args) => {
      calls[name] += 1;
      return (replaced[name] ?? store[name].bind(store))(...args);
    },
  ]);
  return { calls, store: { lease: store.lease, ...Object.fromEntries(methods) } };
}

suite("a handler that takes longer than the deadline", () => {
  test("is answered 503, goes on under waitUntil, and the next delivery gets 200", async (t) => {
    const clock = stoppedClock(t);
    const work = later();
    const kept = [];
    const { handled, handler } = receiver({ handle: () => work.promise, deadline: 20 });
    const answer = handler(request(), {}, { waitUntil: (promise) => kept.push(promise) });
    await clock.pass(20);
    const late = await told(await answer);
    assert.deepEqual([late.status, late.body.code, late.headers["retry-after"]], [503, "deadline_exceeded", "60"]);
    assert.equal((await told(await handler(request()))).body.code, "busy");
    work.resolve();
    await Promise.all(kept);
    assert.deepEqual((await told(await handler(request()))).body, { verdict: "duplicate" });
    assert.equal(handled.length, 1);
  });

  test("is waited for until then", async (t) => {
    const clock = stoppedClock(t);
    const work = later();
    const { handler } = receiver({ handle: () => work.promise });
    const answer = handler(request());
    await clock.pass(24.5);
    work.resolve();
    assert.deepEqual((await told(await answer)).body, { verdict: "processed" });
  });

  test("and fails after it, gives the event back and tells the log", async (t) => {
    const clock = stoppedClock(t);
    const work = later();
    const kept = [];
    const { handler } = receiver({ handle: (_, { seenBefore }) => (seenBefore ? undefined : work.promise) });
    const said = await saidDuring(async () => {
      const answer = handler(request(), {}, { waitUntil: (promise) => kept.push(promise) });
      await clock.pass(25);
      await answer;
      work.reject(new Error("too late"));
      await Promise.all(kept);
    });
    assert.equal(said.length, 1);
    assert.deepEqual((await told(await handler(request()))).body, { verdict: "processed" });
  });

  test("keeps its lease, however short that is", async (t) => {
    const clock = stoppedClock(t);
    const work = later();
    const { calls, store } = watched(memory({ lease: 6 }));
    const { handled, handler } = receiver({ handle: () => work.promise, idempotency: store });
    const answer = handler(request());
    await clock.pass(25);
    await answer;
    assert.equal(calls.renew, 12);
    assert.equal((await told(await handler(request()))).body.code, "busy");
    work.resolve();
    await turn();
    assert.deepEqual((await told(await handler(request()))).body, { verdict: "duplicate" });
    assert.equal(handled.length, 1);
    await clock.pass(6);
    assert.equal(calls.renew, 12, "nothing is renewed after the end");
  });
});

suite("a lease that is lost", () => {
  test("when the handler has ended is nothing to it", async (t) => {
    const clock = stoppedClock(t);
    const renewal = later();
    const work = later();
    const { calls, store } = watched(memory({ lease: 6 }), { renew: () => renewal.promise });
    const { handled, handler } = receiver({ handle: () => work.promise, idempotency: store });
    const answer = handler(request());
    await clock.pass(2.5);
    assert.equal(calls.renew, 1);
    work.resolve();
    assert.deepEqual((await told(await answer)).body, { verdict: "processed" });
    renewal.resolve(false);
    await renewal.promise;
    await turn();
    assert.equal(handled[0].context.signal.aborted, false);
  });

  test("aborts the handler's signal, and does not count as processed", async (t) => {
    const clock = stoppedClock(t);
    const { store } = watched(memory({ lease: 6 }), { renew: async () => false, complete: async () => false });
    let reason;
    const handle = (_, { signal }) =>
      new Promise((resolve) => signal.addEventListener("abort", () => resolve((reason = signal.reason))));
    const { handler } = receiver({ handle, idempotency: store });
    const answer = handler(request());
    await clock.pass(2.5);
    const lost = await told(await answer);
    assert.deepEqual([lost.status, lost.body.code], [503, "lease_lost"]);
    assert.match(reason.message, /another worker has CONVERSION_COMPLETED:conv_1/);
  });
});

suite("a store that is away", () => {
  const away = async () => {
    throw new Error("ECONNREFUSED");
  };

  test("before the event is claimed: 503, nothing processed; back: the retry is", async () => {
    let isAway = true;
    const store = memory();
    const idempotency = watched(store, { claim: (key) => (isAway ? away() : store.claim(key)) }).store;
    const { handled, handler } = receiver({ idempotency });
    const said = await saidDuring(async () => {
      const refused = await told(await handler(request()));
      assert.deepEqual([refused.status, refused.body.code, refused.headers["retry-after"]], [503, "store_unavailable", "30"]);
    });
    assert.match(String(said[0].at(-1)), /ECONNREFUSED/);
    assert.equal(handled.length, 0);
    isAway = false;
    assert.deepEqual((await told(await handler(request()))).body, { verdict: "processed" });
  });

  test("when the event was processed is asked until it is back", async (t) => {
    const clock = stoppedClock(t);
    const failures = [away, away];
    const store = memory();
    const idempotency = watched(store, { complete: (...args) => (failures.shift() ?? store.complete.bind(store))(...args) }).store;
    const { handler } = receiver({ idempotency });
    const answer = handler(request());
    await clock.pass(1);
    assert.deepEqual((await told(await answer)).body, { verdict: "processed" });
    assert.deepEqual((await told(await handler(request()))).body, { verdict: "duplicate" });
  });

  test("and does not come back: what was processed is answered so, and the log hears that it is not recorded", async (t) => {
    const clock = stoppedClock(t);
    const idempotency = watched(memory({ lease: 20 }), { complete: away }).store;
    const { handler } = receiver({ idempotency });
    const said = await saidDuring(async () => {
      const answer = handler(request());
      await clock.pass(20);
      assert.deepEqual((await told(await answer)).body, { verdict: "processed" });
    });
    assert.match(said[0][0], /was processed, but .* could not record it/);
  });

  test("while the handler runs takes nothing from it", async (t) => {
    const clock = stoppedClock(t);
    const work = later();
    const { calls, store } = watched(memory({ lease: 6 }), { renew: away });
    const { handled, handler } = receiver({ handle: () => work.promise, idempotency: store });
    const said = await saidDuring(async () => {
      const answer = handler(request());
      await clock.pass(4.5);
      assert.equal(calls.renew, 2);
      assert.equal(handled[0].context.signal.aborted, false);
      work.resolve();
      assert.deepEqual((await told(await answer)).body, { verdict: "processed" });
    });
    assert.match(said[0][0], /could not renew the lease/);
  });

  test("when the event is given back: the answer is still the handler's", async () => {
    const idempotency = watched(memory(), { release: away }).store;
    const { handler } = receiver({ handle: away, idempotency });
    const said = await saidDuring(async () => {
      assert.equal((await told(await handler(request()))).body.code, "handler_failed");
    });
    assert.equal(said.length, 2);
  });

  for (const [what, answer] of Object.entries({
    "nothing": undefined,
    "no claim": {},
    "a claim without its token": { state: "claimed", seenBefore: false },
    "a state that there is not": { state: "pending", token: 1 },
    "busy, and no number": { state: "busy", retryAfter: 60n },
  })) {
    test(`since it answers with ${what}: 503, nothing processed`, async () => {
      const { handled, handler } = receiver({ idempotency: watched(memory(), { claim: async () => answer }).store });
      const said = await saidDuring(async () => {
        const { status, body } = await told(await handler(request()));
        assert.deepEqual([status, body.code], [503, "store_unavailable"]);
      });
      assert.match(String(said[0].at(-1)), /what is no claim/);
      assert.equal(handled.length, 0);
    });
  }

  test("and answers too late, with no claim: it is as if it had not answered", async (t) => {
    const unhandled = t.mock.fn();
    process.on("unhandledRejection", unhandled);
    t.after(() => process.off("unhandledRejection", unhandled));
    const clock = stoppedClock(t);
    const answer = later();
    const { handler } = receiver({ idempotency: watched(memory(), { claim: () => answer.promise }).store });
    await saidDuring(async () => {
      const answered = handler(request());
      await clock.pass(5);
      await answered;
    });
    answer.resolve(undefined);
    await turn();
    assert.equal(unhandled.mock.callCount(), 0);
  });

  test("is not waited for beyond the deadline, save a second", async (t) => {
    const clock = stoppedClock(t);
    const idempotency = watched(memory(), { claim: () => new Promise(() => {}) }).store;
    const { handler } = receiver({ idempotency, deadline: 0.5 });
    const said = await saidDuring(async () => {
      const answer = handler(request());
      await clock.pass(1.5);
      assert.equal((await told(await answer)).body.code, "store_unavailable");
    });
    assert.match(String(said[0].at(-1)), /did not answer within 1 s/);
  });

  test("and answers too late that it has claimed: the claim is given back", async (t) => {
    const clock = stoppedClock(t);
    const store = memory();
    const claimed = later();
    const { calls, store: idempotency } = watched(store, { claim: () => claimed.promise });
    const { handled, handler } = receiver({ idempotency });
    const said = await saidDuring(async () => {
      const answer = handler(request());
      await clock.pass(5);
      assert.equal((await told(await answer)).body.code, "store_unavailable");
    });
    assert.match(String(said[0].at(-1)), /did not answer within 5 s/);
    claimed.resolve(await store.claim("CONVERSION_COMPLETED:conv_1"));
    await turn();
    assert.equal(calls.release, 1);
    assert.equal(handled.length, 0);
    assert.equal((await store.claim("CONVERSION_COMPLETED:conv_1")).state, "claimed");
  });
});
