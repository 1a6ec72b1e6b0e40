// `kill -9` of a worker, of the store's server, and of both, at each step of an event.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { PATIENCE } from "./holds.mjs";
import { reached, SERVERS, startServer, STORES } from "./stores.mjs";
import { isPutOff, newDelivery, retried, runs, STEPS, withWorkers } from "./workers.mjs";

/** A lease that ends soon after its worker is killed. */
const SHORT = 0.5;
/** A lease that outlives a restart of the server. */
const LONG = 60;

const has = (step, reached) => STEPS.indexOf(reached) >= STEPS.indexOf(step);
const isClaimed = (reached) => has("after the claim", reached);
const isHandled = (reached) => has("in the handler", reached);
const isDone = (reached) => has("after it has completed", reached);

for (const kind of STORES) {
  describe(kind, { timeout: PATIENCE }, () => {
    let server;
    before(async () => {
      server = await startServer(kind);
    });
    after(() => server?.end());
    const worker = (options) => ({ ...reached(kind, server), ...options });

    /** After a crash at `step`, the next delivery processes the event once unless it was completed, and later ones never do. */
    async function isProcessedOnceMore(step, crashed, next, delivery) {
      const before = await crashed.handled();
      assert.equal(before.length, isHandled(step) ? 1 : 0);
      const { says } = await retried(next, delivery);
      assert.equal(says, isDone(step) ? "duplicate" : "processed");
      assert.equal((await next.send(delivery)).says, "duplicate");
      const after = await next.handled();
      const expected = isDone(step) ? [] : [{ key: delivery.key, seenBefore: isClaimed(step) }];
      assert.deepEqual(
        after.map(({ key, seenBefore }) => ({ key, seenBefore })),
        expected,
      );
      if (before.length > 0 && after.length > 0) {
        assert.ok(after[0].token > before[0].token, "the later claim has the greater token");
      }
    }

    for (const step of STEPS) {
      test(`killing a worker ${step} loses no event and repeats no completed one`, async () => {
        const [doomed, next] = [worker({ lease: SHORT, stopAt: step }), worker({ lease: SHORT })];
        await withWorkers([doomed, next], async (doomed, next) => {
          const delivery = newDelivery();
          await doomed.diesOver(delivery);
          await isProcessedOnceMore(step, doomed, next, delivery);
        });
      });
    }

    if (!SERVERS.includes(kind)) {
      return;
    }

    for (const step of STEPS) {
      test(`killing a worker and the server ${step} loses no event and repeats no completed one`, async () => {
        const delivery = newDelivery();
        await withWorkers([worker({ lease: SHORT, stopAt: step })], async (doomed) => {
          await doomed.diesOver(delivery, () => Promise.all([server.kill(), doomed.kill()]));
          await server.start();
          await withWorkers([worker({ lease: SHORT })], (next) => isProcessedOnceMore(step, doomed, next, delivery));
        });
      });
    }

    for (const step of STEPS) {
      test(`killing the server ${step} loses no event and repeats no completed one`, async () => {
        await withWorkers([worker({ lease: LONG, stopAt: step })], async (survivor) => {
          const delivery = newDelivery();
          const atItsStep = survivor.atItsStep();
          const answer = survivor.send(delivery);
          await atItsStep;
          await server.kill();
          survivor.goOn();
          if (isClaimed(step)) {
            // The event is processed meanwhile. Its completion is recorded as soon as the server is back.
            await server.start();
            assert.equal((await answer).says, "processed");
          } else {
            isPutOff(await answer);
            assert.deepEqual(await survivor.handled(), []);
            await server.start();
          }
          await withWorkers([worker({ lease: LONG })], async (next) => {
            const { says } = await retried(next, delivery);
            assert.equal(says, isClaimed(step) ? "duplicate" : "processed");
            assert.equal((await runs(survivor, next)).length, 1);
          });
        });
      });
    }

    test("killing the server while a hundred events arrive loses none and repeats no completed one", async () => {
      const options = worker({ lease: 5 });
      await withWorkers([options, options], async (...workers) => {
        const deliveries = Array.from({ length: 100 }, newDelivery);
        const sent = deliveries.map(async (delivery, index) => {
          const answer = await workers[index % 2].send(delivery);
          return answer.status === 200 ? answer : retried(workers[(index + 1) % 2], delivery);
        });
        // Some are answered, some are not yet.
        await Promise.race(sent);
        await server.kill();
        await server.start();
        await Promise.all(sent);

        const handled = await runs(...workers);
        const completed = (await Promise.all(workers.map((worker) => worker.completed()))).flat();
        assert.deepEqual(new Set(handled.map(({ key }) => key)), new Set(deliveries.map(({ key }) => key)));
        assert.equal(new Set(completed).size, completed.length, "what was done was done again");
        assert.ok(completed.length > 0);
        for (const delivery of deliveries.filter(({ key }) => completed.includes(key))) {
          assert.equal((await workers[0].send(delivery)).says, "duplicate");
        }
      });
    });
  });
}
