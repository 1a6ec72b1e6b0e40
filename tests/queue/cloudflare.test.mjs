// The example for Cloudflare Queues: its receiver, and its consumer, whose work is aborted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker, storedObject, workerFor } from "./cloudflare.mjs";
import { acknowledged, sent, signed } from "./deliveries.mjs";
import { startLedger } from "./ledger.mjs";

const KEY = "CONVERSION_COMPLETED:conv_1";

/** The example, running. */
async function running(t, options) {
  const ledger = await startLedger(t);
  const worker = await workerFor(t, ledger, options);
  const wrangler = await startWorker(t, worker);
  return { ledger, worker, wrangler, address: wrangler.address };
}

test("the receiver answers when the event is in the queue, and puts it there once, as it was received", async (t) => {
  const { ledger, address } = await running(t);
  const good = signed();
  assert.equal(await sent(address, { ...good, body: good.body.replace("SUCCESS", "success") }), "401 signature_mismatch");
  assert.equal(await sent(address, good), "200 processed");
  assert.equal(await sent(address, good), "200 duplicate");
  assert.equal(await sent(address, signed({ id: "conv_2" })), "200 processed");

  const begin = await ledger.next("begin");
  assert.deepEqual(begin.event, { name: "CONVERSION_COMPLETED", key: KEY, raw: good.body });
  begin.go();
  (await ledger.next("commit")).go();
  assert.equal(await ledger.done(), "CONVERSION_COMPLETED:conv_2");
  assert.deepEqual(ledger.commits, [KEY, "CONVERSION_COMPLETED:conv_2"]);
});

test("the receiver takes an event that is larger than a message may be", async (t) => {
  const { ledger, address } = await running(t);
  const large = signed({ id: "x".repeat(1_000_000) });
  assert.equal(await sent(address, large), "200 processed");
  const begin = await ledger.next("begin");
  assert.equal(begin.event.raw, large.body);
});

test("the receiver keeps an authentic delivery that does not fit, for a person", async (t) => {
  const { worker, address } = await running(t);
  const { body, headers } = signed({ payload: '{"conversion_id":1}' });
  assert.equal(await sent(address, { body, headers }), "200 kept");
  await storedObject(t, worker, `unfit/${headers["x-docutray-request-id"]}`).wrote(/\{"conversion_id":1\}/);
});

test("the receiver does not acknowledge what the queue has not taken, and takes it when it comes again", async (t) => {
  const { ledger, address } = await running(t, { gated: true });
  const delivery = signed();
  const refused = sent(address, delivery);
  (await ledger.next("send")).fail();
  assert.equal(await refused, "500 handler_failed");
  const taken = sent(address, delivery);
  (await ledger.next("send")).go();
  assert.equal(await ledger.done(), KEY);
  assert.equal(await taken, "200 processed");
});

test("the receiver may be killed before the event is in the queue: Docutray's retry gets it there", async (t) => {
  const { ledger, worker, wrangler, address } = await running(t, { gated: true });
  const delivery = signed();
  const unanswered = assert.rejects(sent(address, delivery), { message: "fetch failed" });
  await ledger.next("send");
  await wrangler.kill();
  await unanswered;
  const { address: next } = await startWorker(t, worker);
  const answered = acknowledged(next, delivery);
  (await ledger.next("send")).go();
  assert.equal(await ledger.done(), KEY);
  assert.equal(await answered, "200 processed");
  assert.equal(await sent(next, delivery), "200 duplicate");
});

test("the consumer gets an event again whose work the runtime has aborted in the middle", async (t) => {
  const { ledger, address } = await running(t);
  await sent(address, signed());
  // The runtime ends what waits for nothing.
  (await ledger.next("begin")).hang();
  assert.equal(await ledger.done(), KEY);
  assert.deepEqual(ledger.commits, [KEY]);
});

test("the consumer gets an event again whose work was aborted when it had committed, which by the key comes to the same", async (t) => {
  const { ledger, address } = await running(t);
  await sent(address, signed());
  (await ledger.next("begin")).go();
  (await ledger.next("commit")).hang();
  assert.equal(await ledger.done(), KEY);
  assert.deepEqual(ledger.commits, [KEY, KEY]);
  assert.deepEqual(ledger.rows, [KEY]);
});

test("the consumer gets an event again whose work has failed, and no other of its batch", async (t) => {
  const { ledger, address } = await running(t);
  const [first, failing, last] = ["conv_1", "conv_2", "conv_3"];
  await sent(address, signed({ id: first }));
  // The two that come in meanwhile are one batch.
  const begin = await ledger.next("begin");
  await sent(address, signed({ id: failing }));
  await sent(address, signed({ id: last }));
  begin.go();
  (await ledger.next("commit")).go();

  (await ledger.next("begin")).fail();
  await ledger.done();
  await ledger.done();
  assert.deepEqual(
    ledger.commits,
    [first, last, failing].map((id) => `CONVERSION_COMPLETED:${id}`),
  );
});

test("the consumer leaves an event that fails on every try to the dead letter queue", async (t) => {
  const { ledger, wrangler, address } = await running(t, { maxRetries: 1 });
  await sent(address, signed());
  (await ledger.next("begin")).fail();
  (await ledger.next("begin")).fail();
  await wrangler.wrote(/Moving message "\w+" on queue "docutray" to dead letter queue "docutray-dead" after 2 failed attempts/);
});