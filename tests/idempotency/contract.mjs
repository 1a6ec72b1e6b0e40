// What every store has to do, on whatever host it runs: nothing of a test runner is in here.
//
// A host brings
// - `open(options)`: a store on the host's data. Where the data lives outside of the store, each call makes another
//   store object, as another worker would;
// - `shift(seconds)`, where it can: from now on the store's clock is that much further; and `jumpsBack: true`, if the
//   clock may also be set back;
// - `forget()`, where it can: the store loses all that it has;
// - `sharing: true`, where stores of different options share their data;
// - `without: { shift, jumpsBack, forget, sharing }`: why it cannot, for each that is missing.
import assert from "node:assert/strict";

/** How long anything may take that is waited for, in milliseconds: generous, since a machine may be busy. */
const PATIENCE = 30_000;
/** A lease that a test waits for the end of, in seconds. */
const SHORT = 0.2;
/** One that does not end while a test runs. */
const LONG = 3600;
/** The least that a store remembers. */
const REMEMBER = 4890;

const cases = {
  "the first claim of a key gets it, unseen": async (host) => {
    const claim = await host.open().claim(newKey());
    assert.equal(claim.state, "claimed");
    assert.equal(claim.seenBefore, false);
    assert.ok(Number.isSafeInteger(claim.token) && claim.token > 0, `the token is ${claim.token}`);
    assert.deepEqual(Object.keys(claim).sort(), ["seenBefore", "state", "token"]);
  },

  "a held key is busy, to the worker that has it too, for the whole seconds that its lease has left": async (host) => {
    const [one, other] = workers(host, { lease: LONG - 0.5 });
    const key = newKey();
    await claimed(one, key);
    for (const store of [one, other]) {
      const claim = await store.claim(key);
      assert.equal(claim.state, "busy");
      assert.deepEqual(Object.keys(claim).sort(), ["retryAfter", "state"]);
      assert.ok(Number.isInteger(claim.retryAfter), `${claim.retryAfter} is no whole number`);
      assert.ok(claim.retryAfter > LONG - 600 && claim.retryAfter <= LONG, `${claim.retryAfter} of ${LONG} are left`);
    }
  },

  "busy means at least a second, even if less is left": async (host) => {
    const store = host.open({ lease: 0.9 });
    await until("a busy key", async () => {
      const key = newKey();
      await claimed(store, key);
      const claim = await store.claim(key);
      assert.ok(claim.state !== "busy" || claim.retryAfter === 1, `${claim.retryAfter} of 0.9 s are left`);
      return claim.state === "busy";
    });
  },

  "a completed key is done, for everybody": async (host) => {
    const [one, other] = workers(host);
    const key = newKey();
    const token = await claimed(one, key);
    assert.equal(await one.complete(key, token), true);
    for (const store of [one, other, host.open()]) {
      assert.deepEqual(await store.claim(key), { state: "done" });
    }
  },

  "any worker can finish what another claimed, if it has the token": async (host) => {
    const [one, other] = workers(host);
    const key = newKey();
    const token = await claimed(one, key);
    assert.equal(await other.renew(key, token), true);
    assert.equal(await other.complete(key, token), true);
    assert.deepEqual(await one.claim(key), { state: "done" });
  },

  "a key has nothing to do with another": async (host) => {
    const store = host.open();
    const [held, done, free] = [newKey(), newKey(), newKey()];
    await claimed(store, held);
    await store.complete(done, await claimed(store, done));
    assert.equal((await store.claim(free)).seenBefore, false);
    assert.equal((await store.claim(held)).state, "busy");
    assert.equal((await store.claim(done)).state, "done");
  },

  "tokens grow from claim to claim, released or abandoned": async (host) => {
    const [one, other] = workers(host, { lease: SHORT });
    const key = newKey();
    let last = await claimed(one, key);
    for (const abandoned of [false, false, true, false, true]) {
      if (!abandoned) {
        // Whoever is late with it has lost nothing: nobody else has taken the key.
        assert.equal(await one.release(key, last), true);
      }
      const token = (await taken(other, key)).token;
      assert.ok(Number.isSafeInteger(token) && token > last, `${token} after ${last}`);
      last = token;
    }
  },

  "a released key goes to the next claim, seen before": async (host) => {
    const [one, other] = workers(host);
    const key = newKey();
    const token = await claimed(one, key);
    assert.equal(await one.release(key, token), true);
    const claim = await other.claim(key);
    assert.deepEqual(claim, { state: "claimed", token: claim.token, seenBefore: true });
  },

  "a lease ends by itself, and the next claim gets the key, seen before": async (host) => {
    const [one, other] = workers(host, { lease: SHORT });
    const key = newKey();
    await claimed(one, key);
    assert.equal((await taken(other, key)).seenBefore, true);
  },

  "renewed, a lease starts again": async (host) => {
    const [one, other] = workers(host, { lease: LONG });
    const key = newKey();
    const token = await claimed(one, key);
    await until("a lease that has more left after it was renewed", async () => {
      let left;
      await until("a second of the lease is over", async () => {
        left = (await other.claim(key)).retryAfter;
        return left < LONG;
      });
      assert.equal(await one.renew(key, token), true);
      const renewed = (await other.claim(key)).retryAfter;
      assert.ok(renewed <= LONG, `${renewed} of ${LONG} are left`);
      return renewed > left;
    });
    assert.equal(await one.complete(key, token), true);
  },

  "renewed over and over, a claim outlives its lease": async (host) => {
    const [one, other] = workers(host, { lease: 1 });
    await until("a claim that was renewed in time and held", async () => {
      const [kept, left] = [newKey(), newKey()];
      const token = await claimed(one, kept);
      await claimed(one, left);
      await until("the end of the lease that nobody renews", async () => {
        assert.equal(await one.renew(kept, token), true);
        return (await other.claim(left)).state === "claimed";
      });
      // A machine that stood still for a second between the two has shown nothing.
      return (await other.claim(kept)).state === "busy";
    });
  },

  "without the token, nothing of a claim changes": async (host) => {
    const [one, other] = workers(host, { lease: LONG });
    const key = newKey();
    const token = await claimed(one, key);
    for (const wrong of [token - 1, token + 1, 0, 1]) {
      await allFalse(other, key, wrong);
    }
    assert.equal((await other.claim(key)).state, "busy");
    assert.equal(await one.complete(key, token), true);
  },

  "a key that nobody claimed has no owner, and stays unseen": async (host) => {
    const store = host.open();
    const key = newKey();
    await allFalse(store, key, 1);
    assert.equal((await store.claim(key)).seenBefore, false);
  },

  "a lease that has ended but that nobody took is still its owner's: to complete": async (host) => {
    const [one, other] = workers(host, { lease: SHORT });
    const { key, token } = await overdue(one, other);
    assert.equal(await one.complete(key, token), true);
    assert.deepEqual(await other.claim(key), { state: "done" });
  },

  "a lease that has ended but that nobody took is still its owner's: to renew": async (host) => {
    const [one, other] = workers(host, { lease: 1 });
    await until("a claim that was renewed late and held", async () => {
      const { key, token } = await overdue(one, other);
      assert.equal(await one.renew(key, token), true);
      return (await other.claim(key)).state === "busy";
    });
  },

  "a lease that has ended but that nobody took is still its owner's: to release": async (host) => {
    const [one, other] = workers(host, { lease: SHORT });
    const { key, token } = await overdue(one, other);
    assert.equal(await one.release(key, token), true);
    await allFalse(one, key, token);
    assert.equal((await other.claim(key)).seenBefore, true);
  },

  "once another has taken it, the late owner can neither complete, renew nor release": async (host) => {
    const [one, other] = workers(host, { lease: SHORT });
    const key = newKey();
    const late = await claimed(one, key);
    const { token } = await taken(other, key);
    await allFalse(one, key, late);
    assert.equal(await other.complete(key, token), true, "the late owner has taken nothing away");
    await allFalse(one, key, late);
    assert.deepEqual(await one.claim(key), { state: "done" });
  },

  "what another had and released is not the late owner's again": async (host) => {
    const [one, other] = workers(host, { lease: SHORT });
    const key = newKey();
    const late = await claimed(one, key);
    await other.release(key, (await taken(other, key)).token);
    await allFalse(one, key, late);
    assert.equal((await other.claim(key)).state, "claimed");
  },

  "to complete twice is to complete once": async (host) => {
    const [one, other] = workers(host);
    const key = newKey();
    const token = await claimed(one, key);
    assert.equal(await one.complete(key, token), true);
    assert.equal(await one.complete(key, token), true, "an answer that was lost is asked for again");
    assert.equal(await other.complete(key, token + 1), false);
    assert.deepEqual(await other.claim(key), { state: "done" });
  },

  "what is done can be neither renewed nor released": async (host) => {
    const store = host.open();
    const key = newKey();
    const token = await claimed(store, key);
    await store.complete(key, token);
    assert.equal(await store.renew(key, token), false);
    assert.equal(await store.release(key, token), false);
    assert.deepEqual(await store.claim(key), { state: "done" });
  },

  "what was released can be neither completed, renewed nor released": async (host) => {
    const store = host.open();
    const key = newKey();
    const token = await claimed(store, key);
    assert.equal(await store.release(key, token), true);
    await allFalse(store, key, token);
    assert.equal((await store.claim(key)).state, "claimed");
  },

  "of fifty that claim a new key at once, one gets it": async (host) => {
    const key = newKey();
    const { claims, rest } = await claimedByFifty(host, { lease: LONG }, key);
    assert.equal(claims.length, 1, `${claims.length} got it`);
    assert.equal(claims[0].seenBefore, false);
    assert.ok(rest.every((claim) => claim.state === "busy"));
  },

  "of fifty that claim a released key at once, one gets it": async (host) => {
    const store = host.open({ lease: LONG });
    const key = newKey();
    const token = await claimed(store, key);
    await store.release(key, token);
    const { claims, rest } = await claimedByFifty(host, { lease: LONG }, key);
    assert.equal(claims.length, 1, `${claims.length} got it`);
    assert.equal(claims[0].seenBefore, true);
    assert.ok(claims[0].token > token);
    assert.ok(rest.every((claim) => claim.state === "busy"));
  },

  "of fifty that claim a done key at once, none gets it": async (host) => {
    const store = host.open();
    const key = newKey();
    await store.complete(key, await claimed(store, key));
    const { rest } = await claimedByFifty(host, undefined, key);
    assert.deepEqual(rest, Array(50).fill({ state: "done" }));
  },

  "fifty keys that are claimed at once are all got": async (host) => {
    const stores = workers(host);
    const claims = await Promise.all(
      Array.from({ length: 50 }, (_, index) => stores[index % stores.length].claim(newKey())),
    );
    assert.ok(claims.every((claim) => claim.state === "claimed" && !claim.seenBefore));
  },

  "a key is any text, and no two are the same": async (host) => {
    // No lone surrogates: the core lets none into an event's key.
    const like = newKey();
    const keys = [
      `${like}\0`,
      `\0${like}`,
      `${like}\0a`,
      `${like}\0b`,
      `${like} `,
      ` ${like}`,
      `${like}\n`,
      `${like}😀`,
      `${like}😁`,
      // One letter or two characters: normalisation makes them the same.
      `${like}é`,
      `${like}e\u0301`,
      `${like}A`,
      `${like}a`,
      `${like}:1`,
      `${like}{1}`,
      `{${like}}1`,
      `${like}*`,
      `${like}%`,
      `${like}'`,
      `${like}"; DROP`,
      `${like}/../x`,
      `${like}${"x".repeat(5000)}`,
      `${like}${"x".repeat(4999)}y`,
      `${like}${"😀".repeat(2500)}`,
    ];
    const [one, other] = workers(host);
    for (const key of keys) {
      const claim = await one.claim(key);
      assert.equal(claim.seenBefore, false, JSON.stringify(key.slice(0, 60)));
      assert.equal((await other.claim(key)).state, "busy", JSON.stringify(key.slice(0, 60)));
      assert.equal(await one.renew(key, claim.token), true);
      assert.equal(await one.complete(key, claim.token), true);
    }
    for (const key of keys) {
      assert.equal((await other.claim(key)).state, "done", JSON.stringify(key.slice(0, 60)));
    }
  },

  "a lease and a memory that no store could keep are refused": async (host) => {
    for (const lease of [0, -1, NaN, Infinity, 3600.1, "60", null]) {
      assert.throws(() => host.open({ lease }), { name: "WebhookError", code: "invalid_config", field: "lease" });
    }
    for (const remember of [4889.9, 0, -1, NaN, Infinity, 1e12, "86400", null]) {
      assert.throws(() => host.open({ remember }), { name: "WebhookError", code: "invalid_config", field: "remember" });
    }
  },

  "a store says how long its lease is": async (host) => {
    assert.equal(host.open().lease, 60);
    assert.equal(host.open({}).lease, 60);
    assert.equal(host.open({ lease: undefined, remember: undefined }).lease, 60);
    assert.equal(host.open({ lease: 0.25 }).lease, 0.25);
    assert.equal(host.open({ lease: 3600, remember: REMEMBER }).lease, 3600);
  },

  "a lease counts as its owner set it, not as who asks has set his": {
    needs: ["sharing"],
    run: async (host) => {
      const long = host.open({ lease: LONG });
      const short = host.open({ lease: SHORT });
      const key = newKey();
      const token = await claimed(long, key);
      const { retryAfter } = await short.claim(key);
      assert.ok(retryAfter > LONG - 600, `${retryAfter} of ${LONG} are left`);
      // Renewed by the other, it is the other's length.
      assert.equal(await short.renew(key, token), true);
      assert.equal((await taken(long, key)).seenBefore, true);
    },
  },

  "tokens grow, even if the store has lost what it had": {
    needs: ["forget"],
    run: async (host) => {
      const store = host.open();
      const key = newKey();
      const late = await claimed(store, key);
      await host.forget();
      await allFalse(store, key, late);
      const claim = await store.claim(key);
      assert.equal(claim.seenBefore, false);
      assert.ok(claim.token > late, `${claim.token} after ${late}`);
      await allFalse(store, key, late);
    },
  },

  "a clock that jumps ahead ends a lease, but not its owner's claim": {
    needs: ["shift"],
    run: async (host) => {
      const [one, other] = workers(host, { lease: 60 });
      const key = newKey();
      const token = await claimed(one, key);
      await shifted(host, 61, async () => {
        assert.equal(await one.renew(key, token), true);
        assert.equal((await other.claim(key)).state, "busy");
        await shifted(host, 61, async () => {
          const claim = await other.claim(key);
          assert.ok(claim.token > token);
          await allFalse(one, key, token);
          assert.equal(await other.complete(key, claim.token), true);
        });
      });
    },
  },

  "a clock that jumps back makes no lease longer": {
    needs: ["shift", "jumpsBack"],
    run: async (host) => {
      const [one, other] = workers(host, { lease: 60 });
      const key = newKey();
      const token = await claimed(one, key);
      await shifted(host, -7200, async () => {
        const { state, retryAfter } = await other.claim(key);
        assert.equal(state, "busy");
        assert.ok(retryAfter <= 60, `${retryAfter} of 60 are left`);
        await shifted(host, 61, async () => {
          const claim = await other.claim(key);
          assert.equal(claim.state, "claimed", "the lease has ended");
          assert.ok(claim.token > token, `${claim.token} after ${token}, though the clock is behind`);
          await allFalse(one, key, token);
          assert.equal(await other.complete(key, claim.token), true);
        });
      });
    },
  },

  "a clock that jumps back leaves a lease the length that was last set, whoever asks": {
    needs: ["shift", "jumpsBack", "sharing"],
    run: async (host) => {
      const [short, long] = [host.open({ lease: SHORT }), host.open({ lease: LONG })];
      const [claimedLong, takenByLong, renewedByLong] = [newKey(), newKey(), newKey()];
      await claimed(long, claimedLong);
      await claimed(short, takenByLong);
      await taken(long, takenByLong);
      await long.renew(renewedByLong, await claimed(short, renewedByLong));
      await shifted(host, -7200, async () => {
        for (const key of [claimedLong, takenByLong, renewedByLong]) {
          const { retryAfter } = await short.claim(key);
          assert.ok(retryAfter > LONG - 600 && retryAfter <= LONG, `${retryAfter} of ${LONG} are left`);
        }
      });
    },
  },

  "a clock that jumps back lets a lease be renewed from its own now": {
    needs: ["shift", "jumpsBack"],
    run: async (host) => {
      const [one, other] = workers(host, { lease: 60 });
      const key = newKey();
      const token = await claimed(one, key);
      await shifted(host, -7200, async () => {
        assert.equal(await one.renew(key, token), true);
        await shifted(host, 61, async () => {
          assert.equal((await other.claim(key)).state, "claimed");
        });
      });
    },
  },

  "what is done stays done when the clock jumps, either way": {
    needs: ["shift", "jumpsBack"],
    run: async (host) => {
      const store = host.open({ remember: REMEMBER });
      const key = newKey();
      await store.complete(key, await claimed(store, key));
      for (const seconds of [-7200, REMEMBER - 600]) {
        await shifted(host, seconds, async () => {
          assert.deepEqual(await store.claim(key), { state: "done" });
        });
      }
    },
  },

  "what is done is remembered as long as was asked, then forgotten": {
    needs: ["shift"],
    run: async (host) => {
      const store = host.open({ remember: 10_000 });
      const key = newKey();
      const token = await claimed(store, key);
      await shifted(host, 5000, async () => {
        await store.complete(key, token);
        await shifted(host, 9400, async () => {
          assert.deepEqual(await store.claim(key), { state: "done" }, "it counts from its completion");
        });
        await shifted(host, 10_001, async () => {
          const claim = await store.claim(key);
          assert.equal(claim.state, "claimed");
          assert.equal(claim.seenBefore, false);
          assert.ok(claim.token > token);
        });
      });
    },
  },

  "what was released or abandoned is remembered as long": {
    needs: ["shift"],
    run: async (host) => {
      const store = host.open({ lease: 60, remember: REMEMBER });
      const [released, abandoned] = [newKey(), newKey()];
      await store.release(released, await claimed(store, released));
      await claimed(store, abandoned);
      await shifted(host, REMEMBER - 600, async () => {
        for (const key of [released, abandoned]) {
          assert.equal((await store.claim(key)).seenBefore, true);
        }
        await shifted(host, REMEMBER - 600, async () => {
          for (const key of [released, abandoned]) {
            assert.equal((await store.claim(key)).seenBefore, true, "it counts from the latest claim");
          }
        });
      });
    },
  },
};

/** `{ name, needs, run(host) }` each; `needs` names what not every host can do. */
export const contract = Object.entries(cases).map(([name, entry]) =>
  typeof entry === "function" ? { name, needs: [], run: entry } : { name, ...entry },
);

/** Why a case does not apply to a host; undefined where it does. */
export function notApplicable({ name, needs }, host) {
  const missing = needs.find((ability) => !host[ability]);
  if (missing === undefined) {
    return undefined;
  }
  const reason = host.without?.[missing];
  assert.ok(reason, `the host has to say why it is without \`${missing}\`, which "${name}" needs`);
  return `not applicable: ${reason}`;
}

function newKey() {
  return `CONVERSION_COMPLETED:conv_${crypto.randomUUID()}`;
}

/** Two stores on the same data, as two workers have them. */
function workers(host, options) {
  return [host.open(options), host.open(options)];
}

/** The token of a claim that has to succeed. */
async function claimed(store, key) {
  const claim = await store.claim(key);
  assert.equal(claim.state, "claimed");
  return claim.token;
}

/** The claim of a key whose lease is about to end. */
async function taken(store, key) {
  let claim;
  await until("the end of the lease", async () => {
    claim = await store.claim(key);
    return claim.state === "claimed";
  });
  return claim;
}

/** A claim of `owner` whose lease has ended and that nobody has taken. */
async function overdue(owner, other) {
  const [key, later] = [newKey(), newKey()];
  const token = await claimed(owner, key);
  // Of the same length and claimed later: when this lease has ended, so has the other.
  await claimed(owner, later);
  await taken(other, later);
  return { key, token };
}

async function allFalse(store, key, token) {
  for (const method of ["renew", "complete", "release"]) {
    assert.equal(await store[method](key, token), false, method);
  }
}

async function claimedByFifty(host, options, key) {
  const stores = Array.from({ length: 5 }, () => host.open(options));
  const all = await Promise.all(Array.from({ length: 50 }, (_, index) => stores[index % 5].claim(key)));
  return {
    claims: all.filter((claim) => claim.state === "claimed"),
    rest: all.filter((claim) => claim.state !== "claimed"),
  };
}

/** Runs `then` while the store's clock is `seconds` further. */
async function shifted(host, seconds, then) {
  await host.shift(seconds);
  try {
    await then();
  } finally {
    await host.shift(-seconds);
  }
}

async function until(what, reached) {
  const end = Date.now() + PATIENCE;
  while (!(await reached())) {
    assert.ok(Date.now() < end, `waited ${PATIENCE / 1000} s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
