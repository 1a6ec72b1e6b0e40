// The worker of the example for BullMQ, with a real Redis. Either may be killed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JOB, KEY, queueOf, redisFor, startReceiver, startWorker } from "./bullmq.mjs";
import { sent, signed } from "./deliveries.mjs";
import { stepwise } from "./example.mjs";
import { startLedger } from "./ledger.mjs";
import { until } from "./patience.mjs";

/** A receiver that has put one event into the queue, and what starts workers whose work is in a ledger. */
async function enqueued(t) {
  const server = await redisFor(t);
  const ledger = await startLedger(t);
  const directory = await stepwise(t, ledger, "bullmq", "work.mjs");
  const { address } = await startReceiver(t, server.url, directory);
  const delivery = signed();
  assert.equal(await sent(address, delivery), "200 processed");
  return { server, ledger, address, delivery, worker: () => startWorker(t, server.url, directory) };
}

/** Waits until BullMQ has recorded the end of the job. */
async function completed(t, server) {
  const queue = queueOf(t, server.url);
  await until(async () => (await queue.getJob(JOB)).isCompleted(), "the end of the job");
}

test("a worker does the work for an event", async (t) => {
  const server = await redisFor(t);
  const { address } = await startReceiver(t, server.url);
  await sent(address, signed());
  await startWorker(t, server.url).wrote(/^CONVERSION_COMPLETED CONVERSION_COMPLETED:conv_1: invoice$/m);
});

test("a worker may be killed in the middle, again and again: another does the work, and commits once", async (t) => {
  const { server, ledger, delivery, worker } = await enqueued(t);
  for (let kills = 0; kills < 3; kills += 1) {
    const victim = worker();
    const { event } = await ledger.next("begin");
    assert.deepEqual(event, { name: "CONVERSION_COMPLETED", key: KEY, raw: delivery.body });
    await victim.kill();
  }
  worker();
  await ledger.done();
  await completed(t, server);
  assert.deepEqual(ledger.commits, [KEY]);
});

test("a worker may be killed when it has committed: the work is done again, which by the key comes to the same", async (t) => {
  const { server, ledger, worker } = await enqueued(t);
  const victim = worker();
  (await ledger.next("begin")).go();
  await ledger.next("commit");
  await victim.kill();
  worker();
  await ledger.done();
  await completed(t, server);
  assert.deepEqual(ledger.commits, [KEY, KEY]);
  assert.deepEqual(ledger.rows, [KEY]);
});

test("a worker and Redis may be killed in the middle: another worker does the work, and commits once", async (t) => {
  const { server, ledger, worker } = await enqueued(t);
  const victim = worker();
  await ledger.next("begin");
  await server.kill();
  await victim.kill();
  await server.start();
  worker();
  await ledger.done();
  await completed(t, server);
  assert.deepEqual(ledger.commits, [KEY]);
});

test("work that has failed is tried again", async (t) => {
  const { server, ledger, worker } = await enqueued(t);
  worker();
  (await ledger.next("begin")).fail();
  await ledger.done();
  await completed(t, server);
  assert.deepEqual(ledger.commits, [KEY]);
});

test("a worker that is asked to end does so with its job", async (t) => {
  const { server, ledger, worker } = await enqueued(t);
  const running = worker();
  const begin = await ledger.next("begin");
  const code = running.end();
  begin.go();
  (await ledger.next("commit")).go();
  assert.equal(await code, 0);
  await completed(t, server);
});

test("an event is not put into the queue again after its work, though the idempotency store has forgotten it", async (t) => {
  const { server, ledger, address, delivery, worker } = await enqueued(t);
  worker();
  await ledger.done();
  await completed(t, server);
  assert.match(await server.says(`DEL docutray-webhook:${KEY}`), /^:1/);
  assert.equal(await sent(address, delivery), "200 processed");
  await completed(t, server);
  assert.deepEqual(ledger.commits, [KEY]);
});
