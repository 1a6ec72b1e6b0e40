// Tests the store in Deno KV, in Deno.
import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { suite, test } from "node:test";
import { contract } from "./contract.mjs";
import { SECRET, URL } from "./delivery.mjs";
import { open, runCase, tell } from "./runtimes/ask.mjs";
import { receives, receivesCopies } from "./runtimes/deliveries.mjs";
import { checkedByDeno, servingDeno } from "./runtimes/deno/deno.mjs";
import { until, whileServing, withDirectory, withServers } from "./runtimes/places.mjs";

const start = (directory) => servingDeno("host.mjs", directory);

suite("Deno KV", () => {
  const served = whileServing(start);

  for (const { name } of contract) {
    test(name, () => runCase(served.address, "host", name));
  }

  test("keys are stored unchanged under the prefix, and those that are too long as their SHA-256", async () => {
    const { address } = served;
    await tell(address, "host", "forget");
    const long = "x".repeat(513);
    await open(address, "host").claim("CONVERSION_COMPLETED:conv_1");
    await open(address, "host", { prefix: "orders" }).claim(long);
    assert.deepEqual(await tell(address, "host", "stored"), [
      ["docutray-webhook", "CONVERSION_COMPLETED:conv_1"],
      ["orders", createHash("sha256").update(long).digest("hex")],
    ]);
  });

  test("no key is too long for Deno KV: the longest prefix and key of only NULs", async () => {
    const store = open(served.address, "host", { prefix: "\0".repeat(256) });
    assert.equal((await store.claim("\0".repeat(512))).seenBefore, false);
    assert.equal((await store.claim("\0".repeat(513))).seenBefore, false);
  });

  test("stores with different prefixes are independent", async () => {
    const [one, other] = ["a", "b"].map((prefix) => open(served.address, "host", { prefix }));
    const key = randomUUID();
    const { token } = await one.claim(key);
    assert.equal(await other.complete(key, token), false);
    assert.equal((await other.claim(key)).seenBefore, false);
  });

  test("an invalid prefix or database is refused", async () => {
    for (const prefix of ["x".repeat(257), "é".repeat(129), null, ["a"]]) {
      await assert.rejects(open(served.address, "host", { prefix }).claim("a"), /invalid_config: prefix has to be text/);
    }
    await assert.rejects(open(served.address, "none").claim("a"), /needs the database that Deno.openKv\(\) resolves to, but got a Promise/);
  });
});

test("Deno's types fit", () => withDirectory((directory) => checkedByDeno("types.ts", directory)));

test("receivers in two processes of Deno process an event once", async () => {
  const env = { DOCUTRAY_WEBHOOK_SECRET: SECRET, DOCUTRAY_WEBHOOK_URL: URL };
  await withServers((directory) => servingDeno("receiver.mjs", directory, env), async (server) => {
    const addresses = [(await server()).address, (await server()).address];
    await receives(addresses[0]);
    await receivesCopies(addresses);
  });
});

test("everything that a store writes expires", async () => {
  await withServers(start, async (server) => {
    const first = await server();
    const store = open(first.address, "hasty");
    await store.claim("abandoned");
    await store.release("released", (await store.claim("released")).token);
    await store.complete("done", (await store.claim("done")).token);
    assert.equal((await tell(first.address, "host", "stored")).length, 3);
    await first.kill();
    // Deno deletes expired keys when it opens a database, and then once a minute.
    await until(async () => {
      const { address, kill } = await server();
      const { length } = await tell(address, "host", "stored");
      await kill();
      return length === 0;
    });
  });
});

suite("processes of Deno with one database", () => {
  test("that claim one event at once: one gets it, and the event is then done for all", async () => {
    await withServers(start, async (server) => {
      const stores = [];
      for (let index = 0; index < 3; index++) {
        stores.push(open((await server()).address, "host", { lease: 3600 }));
      }
      for (let round = 0; round < 20; round++) {
        const key = randomUUID();
        const claims = await Promise.all([...stores, ...stores].map((store) => store.claim(key)));
        const [{ token }, ...more] = claims.filter(({ state }) => state === "claimed");
        assert.deepEqual(more, []);
        assert.ok(await stores[round % 3].complete(key, token));
        for (const store of stores) {
          assert.deepEqual(await store.claim(key), { state: "done" });
        }
      }
    });
  });

  test("wait for each other's writes to the file", async () => {
    await withServers(start, async (server) => {
      const addresses = [(await server()).address, (await server()).address];
      const written = addresses.map((address) => tell(address, "host", "manyKeys", 200));
      assert.deepEqual(await Promise.all(written), [200, 200]);
    });
  });

  test("if one is killed, the others get its claims when their leases end, and its completed events stay done", async () => {
    await withServers(start, async (server) => {
      const [killed, left] = [await server(), await server()];
      const doomed = open(killed.address, "host", { lease: 2 });
      const store = open(left.address, "host");
      await doomed.complete("done", (await doomed.claim("done")).token);
      const { token } = await doomed.claim("claimed");
      await killed.kill();
      assert.deepEqual(await store.claim("done"), { state: "done" });
      let claim;
      await until(async () => (claim = await store.claim("claimed")).state === "claimed");
      assert.deepEqual(claim, { state: "claimed", token: claim.token, seenBefore: true });
      assert.ok(claim.token > token);
    });
  });
});
