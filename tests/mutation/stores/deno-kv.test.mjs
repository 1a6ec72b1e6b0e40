// The store in Deno KV, on a database in memory that has the same interface. `tests/idempotency` has the real one.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { suite, test } from "node:test";
import { denoKv } from "docutray-webhook/idempotency";
import { shift } from "./date-clock.mjs";
import { holds } from "./holds.mjs";

class Kv {
  entries = new Map();
  #writes = 0;

  async get(key) {
    return this.entries.get(named(key)) ?? { key, value: null, versionstamp: null };
  }

  atomic() {
    const checks = [];
    const sets = [];
    const change = {
      check: (check) => (checks.push(check), change),
      set: (key, value, options) => (sets.push({ key, value, options }), change),
      commit: async () => {
        const fits = ({ key, versionstamp }) => (this.entries.get(named(key))?.versionstamp ?? null) === versionstamp;
        const ok = checks.every(fits);
        for (const { key, value, options } of ok ? sets : []) {
          this.entries.set(named(key), { key, value, options, versionstamp: String(++this.#writes) });
        }
        return { ok };
      },
    };
    return change;
  }
}

function named(key) {
  return key.map((part) => (typeof part === "string" ? `text ${part}` : `bytes ${Buffer.from(part).toString("hex")}`)).join("\n");
}

const kv = new Kv();

holds({
  open: (options) => denoKv(kv, options),
  shift,
  jumpsBack: true,
  sharing: true,
  async forget() {
    kv.entries.clear();
    // In the same millisecond, the clock would give the same token.
    await new Promise((resolve) => setTimeout(resolve, 2));
  },
});

suite("Deno KV", () => {
  test("keys are stored unchanged under the prefix, and those that are too long as their SHA-256", async () => {
    const kv = new Kv();
    const keys = ["CONVERSION_COMPLETED:conv_1", "x".repeat(512), "x".repeat(513), "é".repeat(257)];
    for (const key of keys) {
      await denoKv(kv).claim(key);
    }
    await denoKv(kv, { prefix: "orders" }).claim("a");
    const hash = (key) => createHash("sha256").update(key).digest("hex");
    const prefix = "text docutray-webhook";
    assert.deepEqual([...kv.entries.keys()], [
      ...keys.slice(0, 2).map((key) => `${prefix}\ntext ${key}`),
      ...keys.slice(2).map((key) => `${prefix}\nbytes ${hash(key)}`),
      "text orders\ntext a",
    ]);
  });

  test("an entry expires when it need not be remembered any longer", async (t) => {
    t.mock.method(Date, "now", () => 1_000_000);
    const kv = new Kv();
    await denoKv(kv, { remember: 5000 }).claim("a");
    const [{ value, options }] = kv.entries.values();
    assert.deepEqual([value.forgetAfter, options], [6_000_000, { expireIn: 5_000_000 }]);
  });

  test("a prefix has at most 256 bytes", () => {
    for (const prefix of ["", "x".repeat(256), "é".repeat(128), undefined]) {
      denoKv(new Kv(), { prefix });
    }
    for (const prefix of ["x".repeat(257), "é".repeat(129), null, ["a"]]) {
      assert.throws(() => denoKv(new Kv(), { prefix }), { code: "invalid_config", field: "prefix" });
    }
  });

  test("health says what to check", async () => {
    await denoKv(new Kv()).health();
    const closed = { get: () => Promise.reject(new Error("closed")), atomic() {} };
    await assert.rejects(denoKv(closed).health(), /store in Deno KV is not ready \(closed\): see whether the database is open/);
  });

  test("what is no database is refused", () => {
    for (const database of [undefined, null, {}, Promise.resolve(new Kv())]) {
      assert.throws(() => denoKv(database), { name: "TypeError", message: /needs the database that Deno.openKv\(\) resolves to/ });
    }
  });
});
