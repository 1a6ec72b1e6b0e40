// The contract of all stores, on any host: the cases of `every_store.json` and `model.json`, and those that only code can express. It uses nothing
// of a test runner.
//
// A host provides
// - `open(options)`: a store on the host's data. If the data is outside of the store, each call makes another store object, like
//   another worker;
// - optionally `shift(seconds)`: from now on the store's clock is this much further; and `jumpsBack: true`, if the clock may also
//   be set back;
// - optionally `forget()`: the store loses all its data;
// - optionally `sharing: true`, if stores with different options share their data;
// - `without: { shift, jumpsBack, forget, sharing }`: the reason for each of these that is missing.
import assert from "node:assert/strict";
import { written } from "./claims.mjs";
import everyStore from "./every_store.json" with { type: "json" };
import model from "./model.json" with { type: "json" };

/** The time limit for everything that is awaited, in milliseconds. It is generous, since the machine may be busy. */
const PATIENCE = 30_000;
/** A lease whose end a test awaits, in seconds. */
const SHORT = 0.2;
/** A lease that does not end during a test. */
const LONG = 3600;
/** The longest: ten years, in seconds. */
const LONGEST_REMEMBER = 10 * 366 * 86_400;
/** The shortest time that a store remembers an event. */
const REMEMBER = 4890;

const cases = {
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
    // Without lone surrogates, which the core does not allow in an event's key.
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
      // One letter, or two characters. Normalisation would make them equal.
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
    for (const remember of [4889.9, 0, -1, NaN, Infinity, LONGEST_REMEMBER + 1, "86400", null]) {
      assert.throws(() => host.open({ remember }), { name: "WebhookError", code: "invalid_config", field: "remember" });
    }
  },

  "a store says how long its lease is": async (host) => {
    assert.equal(host.open().lease, 60);
    assert.equal(host.open({}).lease, 60);
    assert.equal(host.open({ lease: undefined, remember: undefined }).lease, 60);
    assert.equal(host.open({ lease: 0.25 }).lease, 0.25);
    assert.equal(host.open({ lease: 3600, remember: REMEMBER }).lease, 3600);
    assert.equal(host.open({ lease: 3600, remember: LONGEST_REMEMBER }).lease, 3600);
  },

  "a store that works is healthy, also where several ask at once": async (host) => {
    const [one, other] = workers(host);
    await Promise.all([one.health(), other.health(), one.health()]);
    await other.health();
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
      // When the other store renews it, the lease has the other's length.
      assert.equal(await short.renew(key, token), true);
      assert.equal((await taken(long, key)).seenBefore, true);
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
};

/** Cases of the form `{ name, needs, run(host) }`. `needs` names what a host must provide. */
export const contract = [
  ...everyStore.map(written),
  ...model.map(written),
  ...Object.entries(cases).map(([name, entry]) =>
    typeof entry === "function" ? { name, needs: [], run: entry } : { name, ...entry },
  ),
];

/** Returns why a case does not apply to a host, or undefined if it does. */
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

/** Returns two stores on the same data, as two workers have them. */
function workers(host, options) {
  return [host.open(options), host.open(options)];
}

/** Claims a key, which must succeed, and returns the token. */
async function claimed(store, key) {
  const claim = await store.claim(key);
  assert.equal(claim.state, "claimed");
  return claim.token;
}

/** Claims a key with a lease that ends soon. */
async function taken(store, key) {
  let claim;
  await until("the end of the lease", async () => {
    claim = await store.claim(key);
    return claim.state === "claimed";
  });
  return claim;
}

async function claimedByFifty(host, options, key) {
  const stores = Array.from({ length: 5 }, () => host.open(options));
  const all = await Promise.all(Array.from({ length: 50 }, (_, index) => stores[index % 5].claim(key)));
  return {
    claims: all.filter((claim) => claim.state === "claimed"),
    rest: all.filter((claim) => claim.state !== "claimed"),
  };
}

/** Runs `then` while the store's clock is `seconds` ahead. */
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
