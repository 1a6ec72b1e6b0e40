// What is logged when a store, a lease or a handler fails. tests/cases/receiver has what senders are told.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { memory } from "docutray-webhook/idempotency";
import { stoppedClock } from "./clock.mjs";
import { receiver, request, saidDuring } from "./receiving.mjs";

const away = async () => {
  throw new Error("ECONNREFUSED");
};
const never = () => new Promise(() => {});
const late = () => new Promise((resolve) => setTimeout(resolve, 59_000));

/** Each with what the store and the handler do, and the lines that are logged, in order. `codes` is what `onError` gets, if it is not the store's. */
const lines = {
  "a claim that fails": { store: { claim: away }, told: [/could not claim CONVERSION_COMPLETED:conv_1 .*ECONNREFUSED/] },
  "a claim that hangs": { store: { claim: never }, told: [/could not claim .* did not answer within 5 s: see whether its server/] },
  "a claim that hangs, and a deadline before that": {
    store: { claim: never }, deadline: 0.5, told: [/could not claim .* did not answer within 1 s/],
  },
  "what is no claim": { store: { claim: async () => undefined }, told: [/could not claim .* answer is not a claim: see the type Claim/] },
  "a renewal that fails": {
    store: { renew: away }, handle: late, told: Array(2).fill(/could not renew the lease of CONVERSION_COMPLETED:conv_1 .*ECONNREFUSED/),
  },
  "an event that cannot be recorded": { store: { complete: away }, told: [/was processed, but .* could not record it: .*ECONNREFUSED/] },
  "a handler that fails": { handle: away, told: [/the handler of CONVERSION_COMPLETED failed .*ECONNREFUSED/], codes: ["handler_failed"] },
  "a handler that fails, and a release that does": {
    store: { release: away }, handle: away, told: [/the handler of CONVERSION_COMPLETED failed/, /could not release .* stays claimed/],
    codes: ["handler_failed", "store_unavailable"],
  },
};

suite("the log contains", () => {
  for (const [what, { store, handle, deadline, told, codes = told.map(() => "store_unavailable") }] of Object.entries(lines)) {
    test(what, async (t) => {
      const clock = stoppedClock(t);
      const idempotency = { ...memory(), ...store };
      const passed = [];
      const onError = (_, { code }) => void passed.push(code);
      const { handler } = receiver({ idempotency, deadline, handle, onError });
      const said = await saidDuring(async () => {
        void handler(request());
        await clock.pass(70);
      });
      assert.equal(said.length, told.length);
      assert.deepEqual(passed, codes);
      for (const [place, words] of said.entries()) {
        assert.match(words.join(" "), told[place]);
      }
    });
  }
});

test("the signal's reason names the event that another worker has", async (t) => {
  const clock = stoppedClock(t);
  let reason;
  const handle = (_, { signal }) =>
    new Promise((resolve) => signal.addEventListener("abort", () => resolve((reason = signal.reason))));
  const { handler } = receiver({ handle, idempotency: { ...memory(), renew: async () => false } });
  void handler(request());
  await clock.pass(20);
  assert.match(reason.message, /another worker has CONVERSION_COMPLETED:conv_1/);
});
