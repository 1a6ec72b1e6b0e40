import { mock } from "node:test";
import { memory } from "docutray-webhook/idempotency";
import { holds } from "./holds.mjs";

// Its clock is the process's own, which no other program sets: here, the function that reads it is replaced.
const now = performance.now.bind(performance);
let ahead = 0;
mock.method(performance, "now", () => now() + ahead);

const stores = new Map();

holds({
  /** One store for all workers of a case: what another has is not shared. */
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
