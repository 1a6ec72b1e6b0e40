// Tests the Cloudflare Queues example: its receiver is killed, and its consumer's work is aborted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleFor, stepwiseFor } from "./cloudflare.mjs";
import { acknowledged, sent, signed } from "./deliveries.mjs";
import { SECRET, URL } from "./delivery.mjs";
import { startLedger } from "./ledger.mjs";
import { passesTheDoctor } from "./passes-the-doctor.mjs";

const KEY = "CONVERSION_COMPLETED:conv_1";

/** Returns the running example, and the ledger that its work asks. */
async function started(t, options) {
  const ledger = await startLedger(t);
  const example = await stepwiseFor(t, ledger, options);
  const wrangler = await example.running();
  return { ledger, example, wrangler, address: wrangler.address };
}

test("the Worker does the work for an event", async (t) => {
  const wrangler = await (await exampleFor(t)).running();
  assert.equal(await sent(wrangler.address, signed()), "200 processed");
  await wrangler.wrote(/^CONVERSION_COMPLETED CONVERSION_COMPLETED:conv_1: invoice$/m);
});

test("the Worker passes the doctor", async (t) => {
  const { address } = await (await exampleFor(t)).running();
  await passesTheDoctor(address, { secret: SECRET, url: URL });
});

test("the receiver puts each event into the queue once, unchanged, and answers only then", async (t) => {
  const { ledger, address } = await started(t);
  const good = signed();
  const tampered = { ...good, body: good.body.replace("SUCCESS", "success") };
  assert.equal(await sent(address, tampered), "401 signature_mismatch");
  assert.equal(await sent(address, good), "200 processed");
  assert.equal(await sent(address, good), "200 duplicate");
  assert.equal(await sent(address, signed({ id: "conv_2" })), "200 processed");

  const begin = await ledger.next("begin");
  assert.deepEqual(begin.event, { name: "CONVERSION_COMPLETED", key: KEY, raw: good.body });
  begin.go();
  (await ledger.next("commit")).go();
  await ledger.done();
  assert.deepEqual(ledger.commits, [KEY, "CONVERSION_COMPLETED:conv_2"]);
});

test("the receiver accepts an event that is larger than a message may be", async (t) => {
  const { ledger, address } = await started(t);
  const large = signed({ id: "x".repeat(1_000_000) });
  assert.equal(await sent(address, large), "200 processed");
  const { event } = await ledger.next("begin");
  assert.equal(event.raw, large.body);
});

test("the receiver keeps an authentic delivery that does not fit, for a person", async (t) => {
  const { example, address } = await started(t);
  const { headers, body } = signed({ payload: '{"conversion_id":1}' });
  assert.equal(await sent(address, { headers, body }), "200 kept");
  await example.stored(`unfit/${headers["x-docutray-request-id"]}`).wrote(/\{"conversion_id":1\}/);
});

test("the receiver does not acknowledge what the queue has not accepted, and accepts the retry", async (t) => {
  const { ledger, address } = await started(t, { gated: true });
  const delivery = signed();
  const refused = sent(address, delivery);
  (await ledger.next("send")).fail();
  assert.equal(await refused, "500 handler_failed");
  const taken = sent(address, delivery);
  (await ledger.next("send")).go();
  await ledger.done();
  assert.equal(await taken, "200 processed");
  assert.deepEqual(ledger.commits, [KEY]);
});

test("if the receiver is killed before the event is in the queue, Docutray's retry puts it there", async (t) => {
  const { ledger, example, wrangler, address } = await started(t, { gated: true });
  const delivery = signed();
  const unanswered = assert.rejects(sent(address, delivery), { message: "fetch failed" });
  await ledger.next("send");
  await wrangler.kill();
  await unanswered;
  const next = await example.running();
  const answered = acknowledged(next.address, delivery);
  (await ledger.next("send")).go();
  await ledger.done();
  assert.equal(await answered, "200 processed");
  assert.equal(await sent(next.address, delivery), "200 duplicate");
  assert.deepEqual(ledger.commits, [KEY]);
});

test("the consumer gets an event again if the runtime aborts its work", async (t) => {
  const { ledger, address } = await started(t);
  assert.equal(await sent(address, signed()), "200 processed");
  (await ledger.next("begin")).hang();
  await ledger.done();
  assert.deepEqual(ledger.commits, [KEY]);
});

test("the consumer gets an event again if its work is aborted after its commit, with the same key", async (t) => {
  const { ledger, address } = await started(t);
  assert.equal(await sent(address, signed()), "200 processed");
  (await ledger.next("begin")).go();
  (await ledger.next("commit")).hang();
  await ledger.done();
  assert.deepEqual(ledger.commits, [KEY, KEY]);
  assert.deepEqual(ledger.rows, [KEY]);
});

test("the consumer gets an event again if its work fails, but no other event of its batch", async (t) => {
  const { ledger, address } = await started(t);
  const [first, failing, last] = ["conv_1", "conv_2", "conv_3"];
  assert.equal(await sent(address, signed({ id: first })), "200 processed");
  const begin = await ledger.next("begin");
  // What arrives meanwhile becomes one batch.
  assert.equal(await sent(address, signed({ id: failing })), "200 processed");
  assert.equal(await sent(address, signed({ id: last })), "200 processed");
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

test("an event that fails on every attempt goes to the dead letter queue", async (t) => {
  const { ledger, wrangler, address } = await started(t, { maxRetries: 1 });
  assert.equal(await sent(address, signed()), "200 processed");
  (await ledger.next("begin")).fail();
  (await ledger.next("begin")).fail();
  await wrangler.wrote(/Moving message "\w+" on queue "docutray" to dead letter queue "docutray-dead" after 2 failed/);
});
