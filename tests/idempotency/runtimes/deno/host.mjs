// The store in Deno KV, within Deno: `deno run host.mjs DATABASE` prints its address.
import { denoKv } from "docutray-webhook/idempotency";
import { shift } from "../clock.mjs";
import { hosted } from "../hosted.mjs";

const kv = await Deno.openKv(Deno.args[0]);

const host = {
  open: (options) => denoKv(kv, options),
  shift,
  jumpsBack: true,
  sharing: true,
  async forget() {
    for await (const { key } of kv.list({ prefix: [] })) {
      await kv.delete(key);
    }
    // In the same millisecond, the clock would give the same token.
    await new Promise((resolve) => setTimeout(resolve, 2));
  },
  /** Returns all keys, with their bytes as hex. */
  async stored() {
    const entries = await Array.fromAsync(kv.list({ prefix: [] }));
    return entries.map(({ key }) => key.map((part) => (part instanceof Uint8Array ? part.toHex() : part)));
  },
  /** Claims this many keys one after the other. Returns how many it got. */
  async manyKeys(count) {
    const store = denoKv(kv);
    let got = 0;
    for (let index = 0; index < count; index++) {
      got += (await store.claim(crypto.randomUUID())).state === "claimed";
    }
    return got;
  },
};

/** A host whose database takes a second for a day. */
const hasty = { open: (options) => denoKv({ get: (key) => kv.get(key), atomic: () => hastened(kv.atomic()) }, options) };

function hastened(change) {
  return {
    check: (check) => hastened(change.check(check)),
    set: (key, value, { expireIn }) => hastened(change.set(key, value, { expireIn: expireIn / 86_400 })),
    commit: () => change.commit(),
  };
}

/** A host that passes a promise of the database, as with a forgotten await. */
const none = { open: () => denoKv(Promise.resolve(kv)) };

const server = { hostname: "127.0.0.1", port: 0, onListen: ({ port }) => console.log(`listening on ${port}`) };
Deno.serve(server, (request) => hosted(request, { host, hasty, none }));
