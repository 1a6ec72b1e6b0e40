import { mock } from "node:test";
import { memory } from "docutray-webhook/idempotency";
import { holds } from "./holds.mjs";

// The store uses the process's own clock, which cannot be set, so the function that reads it is replaced.
const now = performance.now.bind(performance);
let ahead = 0;
mock.method(performance, "now", () => now() + ahead);

const stores = new Map();

holds({
  /** Returns one store for all workers of a case, since different stores share nothing. */
  open(options) {
    const name = String(options?.lease) + String(options?.remember);
    const store = stores.get(name) ?? memory(options);
    stores.set(name, store);
    return store;
  },
  shift(seconds) {
    ahead += seconds * 1000;
  },
  without: {
    jumpsBack: "its clock is monotonic",
    sharing: "its data is within the store",
    forget: "its data ends with the store",
  },
});
