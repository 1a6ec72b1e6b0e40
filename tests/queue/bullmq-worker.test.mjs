// Tests the worker of the BullMQ example with a real Redis. Either of them may be killed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleFor, JOB, KEY } from "./bullmq.mjs";
import { sent, signed } from "./deliveries.mjs";
import { startLedger } from "./ledger.mjs";
import { until } from "./patience.mjs";

/** Returns the example with one event in its queue, and the ledger that its work asks. */
async function enqueued(t) {
  const ledger = await startLedger(t);
  const example = await exampleFor(t, ledger);
  const { address } = await example.receiver();
  const delivery = signed();
  assert.equal(await sent(address, delivery), "200 processed");
  return { ledger, example, address, delivery };
}

/** Waits until BullMQ has recorded the end of the job. */
async function completed(example) {
  const queue = example.queue();
  await until(async () => (await queue.getJob(JOB)).isCompleted(), "the end of the job");
}

test("a worker does the work for an event", async (t) => {
  const example = await exampleFor(t);
  const { address } = await example.receiver();
  assert.equal(await sent(address, signed()), "200 processed");
  await example.worker().wrote(/^CONVERSION_COMPLETED CONVERSION_COMPLETED:conv_1: invoice$/m);
});

test("if workers are killed during the work again and again, another commits it once", async (t) => {
  const { ledger, example, delivery } = await enqueued(t);
  for (let kills = 0; kills < 3; kills += 1) {
    const victim = example.worker();
    const { event } = await ledger.next("begin");
    assert.deepEqual(event, { name: "CONVERSION_COMPLETED", key: KEY, raw: delivery.body });
    await victim.kill();
  }
  example.worker();
  await ledger.done();
  await completed(example);
  assert.deepEqual(ledger.commits, [KEY]);
});

test("if a worker is killed after its commit, the work is done again for the same key", async (t) => {
  const { ledger, example } = await enqueued(t);
  const victim = example.worker();
  (await ledger.next("begin")).go();
  await ledger.next("commit");
  await victim.kill();
  example.worker();
  await ledger.done();
  await completed(example);
  assert.deepEqual(ledger.commits, [KEY, KEY]);
  assert.deepEqual(ledger.rows, [KEY]);
});

test("if a worker and Redis are killed during the work, another worker commits it once", async (t) => {
  const { ledger, example } = await enqueued(t);
  const victim = example.worker();
  await ledger.next("begin");
  await example.server.kill();
  await victim.kill();
  await example.server.start();
  example.worker();
  await ledger.done();
  await completed(example);
  assert.deepEqual(ledger.commits, [KEY]);
});

test("work that has failed is tried again", async (t) => {
  const { ledger, example } = await enqueued(t);
  example.worker();
  (await ledger.next("begin")).fail();
  await ledger.done();
  await completed(example);
  assert.deepEqual(ledger.commits, [KEY]);
});

test("a worker that is asked to end finishes its job first", async (t) => {
  const { ledger, example } = await enqueued(t);
  const worker = example.worker();
  const begin = await ledger.next("begin");
  const code = worker.end();
  begin.go();
  (await ledger.next("commit")).go();
  assert.equal(await code, 0);
  await completed(example);
});

test("an event whose work was done makes no second job, even if the idempotency store has forgotten it", async (t) => {
  const { ledger, example, address, delivery } = await enqueued(t);
  example.worker();
  await ledger.done();
  await completed(example);
  assert.match(await example.server.says(`DEL docutray-webhook:${KEY}`), /^:1/);
  assert.equal(await sent(address, delivery), "200 processed");
  await completed(example);
  assert.deepEqual(ledger.commits, [KEY]);
});
