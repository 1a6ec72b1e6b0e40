// Sends one delivery two hundred times at once to four processes with one store.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { PATIENCE } from "./holds.mjs";
import { reached, startServer, STORES } from "./stores.mjs";
import { isPutOff, newDelivery, runs, withWorkers } from "./workers.mjs";

const COPIES = 200;
const PROCESSES = 4;

for (const kind of STORES) {
  describe(kind, { timeout: PATIENCE }, () => {
    let server;
    before(async () => {
      server = await startServer(kind);
    });
    after(() => server?.end());

    const fourWorkers = (options) => Array(PROCESSES).fill({ ...reached(kind, server), lease: 60, ...options });
    const sentToAll = (workers, delivery) =>
      Array.from({ length: COPIES }, (_, index) => workers[index % PROCESSES].send(delivery));

    test("two hundred copies of a delivery are processed once, and each gets the right answer", async () => {
      await withWorkers(fourWorkers(), async (...workers) => {
        const delivery = newDelivery();
        const answers = await Promise.all(sentToAll(workers, delivery));
        assert.equal(answers.filter(({ says }) => says === "processed").length, 1);
        const others = answers.filter(({ says }) => says !== "processed");
        for (const answer of others.filter(({ says }) => says !== "duplicate")) {
          assert.equal(answer.says, "busy");
          isPutOff(answer);
        }
        assert.deepEqual(
          (await runs(...workers)).map(({ key }) => key),
          [delivery.key],
        );

        const again = await Promise.all(sentToAll(workers, delivery));
        assert.deepEqual(new Set(again.map(({ status, says }) => `${status} ${says}`)), new Set(["200 duplicate"]));
        assert.equal((await runs(...workers)).length, 1);
      });
    });

    test("while one of them is being processed, all others are told to retry", async () => {
      await withWorkers(fourWorkers({ stopAt: "in the handler" }), async (...workers) => {
        const delivery = newDelivery();
        const atItsStep = Promise.any(workers.map(async (worker) => (await worker.atItsStep(), worker)));
        const answers = [];
        const all = Promise.all(sentToAll(workers, delivery).map(async (sent) => answers.push(await sent)));
        const owner = await atItsStep;
        while (answers.length < COPIES - 1) {
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        for (const answer of answers) {
          assert.equal(answer.says, "busy");
          isPutOff(answer);
        }
        owner.goOn();
        await all;
        assert.deepEqual(answers.at(-1), { status: 200, says: "processed", retryAfter: null });
        assert.equal((await runs(...workers)).length, 1);
      });
    });
  });
}
