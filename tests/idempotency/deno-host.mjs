// The store in Deno KV, within Deno: `deno run deno-host.mjs DATABASE` says where it listens.
import { denoKv } from "docutray-webhook/idempotency";
import { shift } from "./clock.mjs";
import { hosted } from "./hosted.mjs";

const kv = await Deno.openKv(Deno.args[0]);

const host = {
  open: (options) => denoKv(kv, options),
  shift,
  sharing: true,
  async forget() {
    for (const { key } of await stored()) {
      await kv.delete(key);
    }
    // Within the same millisecond the clock would give the same token.
    await new Promise((resolve) => setTimeout(resolve, 2));
  },
  stored,
};

/** What a store remembers for a second is here remembered for a thousandth of that. */
const hasty = {
  open: (options) => denoKv(hastened(kv), options),
};

function hastened(kv) {
  return {
    get: (key) => kv.get(key),
    atomic: () => changing(kv.atomic()),
  };
}

function changing(operation) {
  return {
    check: (check) => changing(operation.check(check)),
    set: (key, value, { expireIn }) => changing(operation.set(key, value, { expireIn: expireIn / 1000 })),
    commit: () => operation.commit(),
  };
}

function stored() {
  return Array.fromAsync(kv.list({ prefix: [] }));
}

const server = { hostname: "127.0.0.1", port: 0, onListen: ({ port }) => console.log(`listening on ${port}`) };
Deno.serve(server, (request) => hosted(request, { host, hasty }));
