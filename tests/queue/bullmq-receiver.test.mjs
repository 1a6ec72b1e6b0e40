// Tests the receiver of the BullMQ example with a real Redis. Either of them may be killed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleFor, JOB, KEY } from "./bullmq.mjs";
import { acknowledged, sent, signed } from "./deliveries.mjs";
import { completed, SECRET, URL } from "./delivery.mjs";
import { startGate } from "./gate.mjs";
import { passesTheDoctor } from "./passes-the-doctor.mjs";

/** The key in commands of the idempotency store. Those of BullMQ have the job's id. */
const CLAIM = `docutray-webhook:${KEY}`;

test("the receiver puts each event into the queue once, unchanged, and answers only then", async (t) => {
  const example = await exampleFor(t);
  const queue = example.queue();
  const { address } = await example.receiver();
  // JavaScript's numbers cannot hold this many digits.
  const payload = JSON.stringify(completed({ data: { total: "TOTAL" } })).replace('"TOTAL"', "1190.500000000000000001");
  const good = signed({ payload });

  const tampered = { ...good, body: good.body.replace("SUCCESS", "success") };
  assert.equal(await sent(address, tampered), "401 signature_mismatch");
  assert.deepEqual(await queue.getJobs(), []);

  assert.equal(await sent(address, good), "200 processed");
  const [job, ...more] = await queue.getJobs();
  assert.deepEqual([job.name, job.data], ["CONVERSION_COMPLETED", { key: KEY, raw: good.body }]);
  assert.deepEqual(more, []);

  assert.equal(await sent(address, good), "200 duplicate");
  assert.equal(await queue.count(), 1);
});

test("the receiver puts every event into the queue, whatever its id, unknown events included", async (t) => {
  const example = await exampleFor(t);
  const { address } = await example.receiver();
  const ids = ["1", "a:b:c", "a%3Ab:c", "wait", "ü\0 \u{1f600}", "x".repeat(100_000)];
  for (const id of ids) {
    assert.equal(await sent(address, signed({ id })), "200 processed");
  }
  assert.equal(await sent(address, signed({ event: "CONVERSION_ARCHIVED", payload: "{}" })), "200 processed");
  const jobs = await example.queue().getJobs("waiting", 0, -1, true);
  assert.deepEqual(
    jobs.slice(0, -1).map(({ data }) => data.key),
    ids.map((id) => `CONVERSION_COMPLETED:${id}`),
  );
  assert.equal(jobs.at(-1).name, "CONVERSION_ARCHIVED");
});

test("the receiver keeps an authentic delivery that does not fit, byte for byte, for a person", async (t) => {
  const example = await exampleFor(t);
  const { address } = await example.receiver();
  const body = Buffer.from('{"conversion_id": 1, "name": "\xe9"}', "latin1");
  assert.equal(await sent(address, signed({ payload: body })), "200 kept");
  const [{ name, data }] = await example.queue("docutray-unfit").getJobs();
  assert.equal(name, "CONVERSION_COMPLETED");
  assert.deepEqual(data, { code: "malformed_payload", body: body.toString("base64") });
});

test("the receiver passes the doctor", async (t) => {
  const { address } = await (await exampleFor(t)).receiver();
  await passesTheDoctor(address, { secret: SECRET, url: URL });
});

test("the receiver does not acknowledge what Redis has not accepted, and accepts the retry", async (t) => {
  const example = await exampleFor(t);
  const gate = await startGate(t, example.server.port);
  const queue = example.queue();
  const { address } = await example.receiver(gate.url);
  const delivery = signed();
  const broken = gate.breaksAt(JOB);
  assert.equal(await sent(address, delivery), "500 handler_failed");
  await broken;
  assert.equal(await queue.count(), 0);
  assert.equal(await acknowledged(address, delivery), "200 processed");
  assert.equal(await queue.count(), 1);
});

test("the receiver answers 503 while Redis is unreachable, and accepts the delivery when it is back", async (t) => {
  const example = await exampleFor(t);
  const { address } = await example.receiver();
  await example.server.stop();
  const delivery = signed();
  assert.equal(await sent(address, delivery), "503 store_unavailable");
  await example.server.start();
  assert.equal(await acknowledged(address, delivery), "200 processed");
  assert.equal(await example.queue().count(), 1);
});

const moments = [
  { when: "it has claimed the event", text: CLAIM },
  { when: "the event is in the queue", text: JOB },
  { when: "the event is recorded as done", text: CLAIM, after: 1 },
];
for (const { when, text, after } of moments) {
  test(`if the receiver is killed when ${when}, Docutray's retry makes no second job`, async (t) => {
    const example = await exampleFor(t);
    const gate = await startGate(t, example.server.port);
    const receiver = await example.receiver(gate.url);
    const delivery = signed();

    const done = gate.keepsBackAnswer(text, after);
    const unanswered = assert.rejects(sent(receiver.address, delivery), { message: "fetch failed" });
    await done;
    await receiver.kill();
    await unanswered;

    const { address } = await example.receiver();
    await acknowledged(address, delivery);
    assert.equal(await example.queue().count(), 1);
    assert.equal(await sent(address, delivery), "200 duplicate");
  });
}

test("an acknowledged event is in the queue even if Redis is killed right afterwards", async (t) => {
  const example = await exampleFor(t);
  const { address } = await example.receiver();
  const delivery = signed();
  assert.equal(await sent(address, delivery), "200 processed");
  await example.server.kill();
  await example.server.start();
  const [job, ...more] = await example.queue().getJobs();
  assert.equal(job.data.raw, delivery.body);
  assert.deepEqual(more, []);
  assert.equal(await acknowledged(address, delivery), "200 duplicate");
});
