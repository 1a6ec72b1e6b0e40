// The store in Durable Objects, on objects in memory that have the same interface. `tests/idempotency` has the real ones.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ClaimObject, durableObject } from "docutray-webhook/idempotency";
import { shift } from "./date-clock.mjs";
import { holds } from "./holds.mjs";

class Storage {
  entries = new Map();
  alarm;
  #last = Promise.resolve();

  async get(key) {
    return this.entries.get(key);
  }

  async put(key, value) {
    this.entries.set(key, value);
  }

  async setAlarm(time) {
    this.alarm = time;
  }

  async deleteAll() {
    this.entries.clear();
    this.alarm = undefined;
  }

  /** One after the other. */
  transaction(closure) {
    const result = this.#last.then(() => closure(this));
    this.#last = result.catch(() => {});
    return result;
  }
}

class Namespace {
  storages = new Map();
  status = 200;

  idFromName(name) {
    return { name };
  }

  get({ name }) {
    if (!this.storages.has(name)) {
      this.storages.set(name, new Storage());
    }
    const object = new ClaimObject({ storage: this.storages.get(name) });
    return {
      fetch: async (url, init) => (this.status === 200 ? object.fetch(new Request(url, init)) : new Response("", { status: this.status })),
    };
  }
}

const namespace = new Namespace();

holds({
  open: (options) => durableObject(namespace, options),
  shift,
  jumpsBack: true,
  sharing: true,
  async forget() {
    namespace.storages.clear();
    // In the same millisecond, the clock would give the same token.
    await new Promise((resolve) => setTimeout(resolve, 2));
  },
});

suite("Durable Objects", () => {
  test("an early alarm deletes nothing and is set again, and a late one deletes all", async (t) => {
    let now = 1_000_000;
    t.mock.method(Date, "now", () => now);
    const namespace = new Namespace();
    await durableObject(namespace, { remember: 5000 }).claim("a");
    const storage = namespace.storages.get("a");
    const object = new ClaimObject({ storage });
    assert.equal(storage.alarm, 6_000_000);
    storage.alarm = undefined;
    now = 5_999_999;
    await object.alarm();
    assert.deepEqual([storage.alarm, storage.entries.size], [6_000_000, 1]);
    now = 6_000_000;
    await object.alarm();
    assert.deepEqual([storage.alarm, storage.entries.size], [undefined, 0]);
    await object.alarm();
    assert.deepEqual([storage.alarm, storage.entries.size], [undefined, 0]);
  });

  test("an object of another class is told by its status", async () => {
    const namespace = new Namespace();
    namespace.status = 404;
    const store = durableObject(namespace);
    await assert.rejects(store.claim("a"), /answered 404 .* bind the namespace to the class ClaimObject/);
    await assert.rejects(store.health(), /in Durable Objects is not ready \(.*404.*\): see whether wrangler\.jsonc/);
  });

  test("what is no binding is refused", () => {
    for (const binding of [undefined, null, {}]) {
      assert.throws(() => durableObject(binding), { name: "TypeError", message: /needs a binding of Durable Objects, but got/ });
    }
  });
});
