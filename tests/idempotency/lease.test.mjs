// Workers whose lease ends while they work, through the handler: a suspended process, or a clock that jumps.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { PATIENCE } from "./holds.mjs";
import { reached, startServer, STORES } from "./stores.mjs";
import { isPutOff, newDelivery, retried, runs, withWorkers } from "./workers.mjs";

for (const kind of STORES) {
  describe(kind, { timeout: PATIENCE }, () => {
    let server;
    before(async () => {
      server = await startServer(kind, { clock: true });
    });
    after(() => server?.end());
    const worker = (options) => ({ ...reached(kind, server), ...options });

    /** Lets the lease of `late` end during its handler. `next` then claims the event and is in its handler, too. */
    async function takenOver(late, next, delivery, leaseEnds) {
      const lateThere = late.atItsStep();
      const lateAnswer = late.send(delivery);
      await lateThere;
      await leaseEnds();
      const nextThere = next.atItsStep();
      const nextAnswer = retried(next, delivery);
      await nextThere;
      return { lateAnswer, nextAnswer };
    }

    async function isNextOnes(lateAnswer, nextAnswer, late, next, delivery) {
      const answer = await lateAnswer;
      assert.equal(answer.says, "lease_lost");
      isPutOff(answer);
      assert.equal((await late.send(delivery)).says, "busy", "it is still the other's");
      next.goOn();
      assert.deepEqual(await nextAnswer, { status: 200, says: "processed", retryAfter: null });
      assert.equal((await late.send(delivery)).says, "duplicate");
      const [first, second, ...more] = await runs(late, next);
      assert.ok(second.token > first.token, "a database can tell who was first");
      assert.equal(second.seenBefore, true);
      assert.deepEqual(more, []);
    }

    test("a worker that was suspended beyond its lease is told so and cannot complete the next worker's claim", async () => {
      const late = worker({ lease: 1, stopAt: "in the handler", obeysItsSignal: true });
      const next = worker({ lease: 60, stopAt: "in the handler" });
      await withWorkers([late, next], async (late, next) => {
        const delivery = newDelivery();
        const { lateAnswer, nextAnswer } = await takenOver(late, next, delivery, () => late.stall());
        late.wake();
        // Its handler ends only when it is told that the lease is lost.
        late.goOn();
        await isNextOnes(lateAnswer, nextAnswer, late, next, delivery);
      });
    });

    test("a worker whose lease ended by a jump of the clock cannot complete the next worker's claim", async () => {
      const both = worker({ lease: 60, stopAt: "in the handler" });
      await withWorkers([both, both], async (late, next) => {
        const delivery = newDelivery();
        const { lateAnswer, nextAnswer } = await takenOver(late, next, delivery, () => server.shift(61));
        late.goOn();
        await isNextOnes(lateAnswer, nextAnswer, late, next, delivery);
      });
    });

    test("a worker whose lease has ended completes its event if nobody else claimed it", async () => {
      const both = worker({ lease: 60, stopAt: "in the handler" });
      await withWorkers([both, worker({ lease: 60 })], async (late, next) => {
        const delivery = newDelivery();
        const atItsStep = late.atItsStep();
        const answer = late.send(delivery);
        await atItsStep;
        await server.shift(61);
        late.goOn();
        assert.equal((await answer).says, "processed");
        assert.equal((await next.send(delivery)).says, "duplicate");
      });
    });

    test("after the clock jumps back two hours, a crashed worker's event still waits only for its lease", async () => {
      const [doomed, next] = [worker({ lease: 0.5, stopAt: "in the handler" }), worker({ lease: 0.5 })];
      await withWorkers([doomed, next], async (doomed, next) => {
        const delivery = newDelivery();
        await doomed.diesOver(delivery);
        await server.shift(-7200);
        assert.equal((await retried(next, delivery)).says, "processed");
        const [first, second] = await runs(doomed, next);
        assert.ok(second.token > first.token, "its token is greater, though the clock is behind");
      });
    });
  });
}
